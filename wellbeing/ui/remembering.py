"""What the user told once about a source, for the next time: in the store where things are kept, else this session."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing.store.links import LinkChoices, choose, fingerprint, read_file, write_file
from wellbeing.ui import keeping, session

__all__ = ["fingerprint"]


def links() -> tuple[LinkChoices, ...]:
    """Give the links of every version of every source."""
    found, own = keeping.kept(), tuple(session.state().links.values())
    if found is None:
        return own
    with keeping.telling():
        return (*own, *found.links())
    return own


def recall(source: str, version: str) -> Mapping[str, str] | None:
    """Give the links of exactly this version of a source; absent where it was never linked."""
    return next((item.targets for item in links() if (item.source, item.fingerprint) == (source, version)), None)


def remember(source: str, version: str, targets: Mapping[str, str]) -> None:
    """Keep which column is which; nothing is written where that was known already."""
    if recall(source, version) == targets:
        return
    found, own = keeping.kept(), session.state().links
    own[source, version] = choose(source, version, targets)
    if found is not None:
        with keeping.telling():
            found.remember_links(source, version, targets)
            del own[source, version]


def export() -> bytes:
    """Give all links as a file for a colleague."""
    return write_file(links())


def take_over(data: bytes) -> int:
    """Add the links of a colleague, and tell how many were new. What was linked here already stays.

    Raises:
        StoreError: if it is another file, with a Dutch sentence.
    """
    found = keeping.kept()
    if found is not None:
        return found.import_links(data)
    own = session.state().links
    new = {(item.source, item.fingerprint): item for item in read_file(data)}
    number = len(new.keys() - own.keys())
    session.state().links = new | own
    return number


def responsibility(source: str) -> Mapping[str, str] | None:
    """Give what was answered about a source, if it was asked."""
    found = keeping.kept()
    if found is None:
        return session.state().responsibility.get(source)
    with keeping.telling():
        return found.responsibility(source)
    return None


def keep_responsibility(source: str, answers: Mapping[str, str]) -> None:
    """Keep what was answered about a source."""
    found = keeping.kept()
    if found is None:
        session.state().responsibility[source] = dict(answers)
        return
    with keeping.telling():
        found.save_responsibility(source, answers)
