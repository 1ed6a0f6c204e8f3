"""Which edition of a questionnaire an export is: told by its columns and its year, never by most matches alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wellbeing.intake.headers import find_known, normalise_heading
from wellbeing.intake.matching import link_columns
from wellbeing.model.reference import Codebook, Role
from wellbeing.model.survey import Headed, RawTable
from wellbeing.reference.editions import edition_year


def possible_codebooks(table: Headed, fitting: Sequence[Codebook]) -> list[Codebook]:
    """Give the codebooks that an export can be, best first; ``fitting`` is in that order.

    Of several editions of one questionnaire those fall away that the columns of the export rule out,
    and the year of the export decides where it is of one edition. What then remains cannot be told
    apart: see ``is_doubtful``.
    """
    families = dict.fromkeys(codebook.instrument for codebook in fitting)
    return [
        codebook
        for instrument in families
        for codebook in _likely(table, [each for each in fitting if each.instrument == instrument])
    ]


def is_doubtful(possible: Sequence[Codebook]) -> bool:
    """Say whether an export can be several editions of one questionnaire, so that a person must tell which."""
    return len(possible) > 1 and possible[0].instrument == possible[1].instrument


def _likely(table: Headed, editions: Sequence[Codebook]) -> Sequence[Codebook]:
    if len(editions) == 1:
        return editions
    headings = [column.heading for column in table.columns]
    own = [codebook for codebook in editions if not _has_any(headings, codebook.foreign_headings)]
    years = _years(table, editions)
    of_year = [codebook for codebook in editions if years == {edition_year(codebook)}]
    if not own or any(codebook not in own for codebook in of_year):
        return editions  # columns and year speak against each other, or columns of several editions stand together
    return of_year or own


def _has_any(headings: Iterable[str], foreign: Iterable[str]) -> bool:
    known = {normalise_heading(heading) for heading in foreign}
    return any(find_known(heading, known) for heading in headings)


def _years(table: Headed, editions: Iterable[Codebook]) -> set[str]:
    """Give the years in an export as they begin ("2023"); none for a dataset, whose rows stay on their engine."""
    if not isinstance(table, RawTable):
        return set()
    positions = {
        position
        for codebook in editions
        for position, field in link_columns(table, codebook).fields.items()
        if field.role is Role.YEAR
    }
    return {str(text)[:4] for position in positions for text in table.frame.iloc[:, position].unique() if text}
