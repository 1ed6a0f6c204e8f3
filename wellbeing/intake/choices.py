"""Questions with several answers in one cell ("fiets;bus;"): one column per answer, as other exports have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from wellbeing.intake.headers import find_known, is_known
from wellbeing.intake.tables import Cells, Heading, Table

SEPARATORS = (";", ", ")
MOST_OPTIONS = 30
TIMES_EACH = 5  # what fewer pupils ticked can be their own words
FEWEST_OPTIONS = 2
KNOWN_SHARE = 0.5
TICKED, NOT_TICKED = "Ja", "Nee"


def divide_answers(table: Table, known: Collection[str]) -> None:
    """Give each answer of a question with several answers in one cell a column of its own.

    Only columns that no codebook knows as they stand, and only answers that are clearly those of a
    closed question. What pupils wrote themselves is left out.
    """
    headings: list[Heading] = []
    columns: list[Cells] = []
    for heading, cells in zip(table.headings, table.columns, strict=True):
        options = {} if not heading.text or is_known(heading, known) else _options(heading, cells, known)
        if not options:
            headings.append(heading)
            columns.append(cells)
            continue
        for option, places in options.items():
            headings.append(Heading(f"{heading.text} – {option}", heading.letter))
            texts = ["" if not text else TICKED if at in places else NOT_TICKED for at, text in enumerate(cells.texts)]
            columns.append(Cells.of([texts[code] for code in cells.codes]))
        table.notes.append(
            f"Bij '{heading.text}' staan meer antwoorden in één cel. "
            f"Elk antwoord is nu een eigen kolom: {len(options)}."
        )
    table.headings, table.columns = headings, columns


def _options(heading: Heading, cells: Cells, known: Collection[str]) -> dict[str, set[int]]:
    """Give per answer the texts (by place) in which it is ticked; nothing if this is no such question."""
    for separator in SEPARATORS:
        parts = {at: _parts(text, separator) for at, text in enumerate(cells.texts) if text}
        if not _is_divided(parts, separator, cells):
            continue
        times: Counter[str] = Counter()
        for at, amount in Counter(cells.codes).items():
            times.update(dict.fromkeys(parts.get(at, ()), amount))
        closed = [
            option
            for option, amount in times.items()
            if amount >= TIMES_EACH or find_known(f"{heading.text} – {option}", known)
        ]
        ticks = sum(times[option] for option in closed)
        if FEWEST_OPTIONS <= len(closed) <= MOST_OPTIONS and ticks >= KNOWN_SHARE * times.total():
            return {option: {at for at, own in parts.items() if option in own} for option in sorted(closed)}
    return {}


def _parts(text: str, separator: str) -> list[str]:
    return list(dict.fromkeys(part for piece in text.split(separator) if (part := piece.strip())))


def _is_divided(parts: dict[int, list[str]], separator: str, cells: Cells) -> bool:
    """Say whether the sign divides answers: two of them stand alone as well as with others.

    An answer may itself hold a comma ("Nee, nooit"); its halves then do not stand alone.
    """
    if not any(len(own) > 1 for own in parts.values()):
        return False
    if separator == ";":
        return sum(cells.texts[at].endswith(";") or len(own) > 1 for at, own in parts.items()) * 2 >= len(parts)
    alone = {own[0] for own in parts.values() if len(own) == 1}
    together = {part for own in parts.values() if len(own) > 1 for part in own}
    return len(alone & together) >= FEWEST_OPTIONS
