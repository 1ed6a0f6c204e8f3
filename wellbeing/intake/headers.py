"""Where the table begins, and which of its rows are pupils."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from wellbeing.intake.guard import HEADER_ROWS, UNSAFE, Refused
from wellbeing.intake.layouts import is_own, recognise
from wellbeing.intake.others import NO_PUPILS, set_rows_apart
from wellbeing.intake.tables import Cells, Heading, Range, Table, cell_text, column_letter

__all__ = [
    "NO_HEADINGS",
    "NO_PUPILS",
    "Rows",
    "choose_sheet",
    "find_known",
    "find_table",
    "is_known",
    "normalise_heading",
    "set_rows_apart",
]

Rows = Sequence[Sequence[object]]

LOOKED_AT = 60  # rows at the top that tell how wide a table is
FULL = 0.8  # an unknown row of headings fills so much of that width
PARTLY = 0.5  # a known one may leave more cells empty
UNDER_HEADER = 3  # rows of headings that may stand below each other
ANSWERS_ABOVE = 0.2  # share of headings that are answers too: then they are no headings
NARROWEST = 2  # one column without a known heading is not a table
ENOUGH_ROWS = 10  # so many rows tell what answers look like
FEW_HEADINGS = 3  # known headings in one column tell that the questions stand below each other
A_FEW_PUPILS = 5  # so many columns beside them are pupils; fewer can be figures
FIRST_COLUMNS = 3
SEARCHED = 400  # rows that tell in which direction a table runs
IMPORT_ID = '{"ImportId"'

NO_TABLE = (
    "In dit bestand staat geen tabel met leerlingen. "
    "Voeg de export toe met één rij per leerling en boven elke kolom een kop."
)
NO_HEADINGS = (
    "Boven de tabel staat geen rij met kolomkoppen. "
    "Zet boven elke kolom de vraag of de naam van het gegeven, en voeg het bestand opnieuw toe."
)
TRANSPOSED = (
    "In dit bestand staan de vragen onder elkaar en de leerlingen naast elkaar. Kopieer de tabel in Excel, plak hem "
    "met 'Plakken speciaal' en 'Transponeren' op een nieuw werkblad, en voeg dat bestand toe."
)
ONE_ANSWER_A_ROW = (
    "In dit bestand heeft elke leerling een rij per vraag. Maak de export opnieuw met één rij per leerling en één "
    "kolom per vraag."
)

_CODE_PREFIX = re.compile(r"(?:j|km|jv|vo|gmj)_(?=[a-z]\w*$)")
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_CURLY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00ad": None, "\ufeff": None, "\u200b": None})
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?%?")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_OPTION = re.compile(r"\s*\[([^\[\]]+)\]$")
_NUMBERED = re.compile(r"(?:(?:vraag )?\d{1,3}[a-z]?|[a-z]+\d+\w*(?:\[\w+\])?)\s?[.):] +(?=\S)")
_PUPIL_NAME = re.compile(r"(?:leerling|respondent|deelnemer|pupil|student|antwoord|r|p|l)[ _.-]?\d{1,5}|\d{1,5}")
_ONE_ANSWER = re.compile(r"(?:response|antwoord|open-ended response|open antwoord)")


def normalise_heading(text: str) -> str:
    r"""Give a heading without differences that people do not see: case, spacing, end mark, code prefix.

    The option of a question with several answers may stand behind a dash or in square brackets.

    >>> normalise_heading("  Hoe gelukkig\u00a0 voel je je? "), normalise_heading("J_EBGLK301")
    ('hoe gelukkig voel je je', 'ebglk301')
    >>> normalise_heading("Wat rook je? [Vape]"), normalise_heading("Wat rook je? – vape")
    ('wat rook je? - vape', 'wat rook je? - vape')
    """
    plain = unicodedata.normalize("NFC", text.translate(_CURLY)).casefold()
    ended = " ".join(_DASHES.sub("-", plain).split()).rstrip(" :;.,?!*…")
    return _CODE_PREFIX.sub("", _OPTION.sub(r" - \1", ended), count=1)


def find_known(heading: str, known: Mapping[str, object] | Collection[str]) -> str | None:
    """Give the known heading that this one is.

    That is the same text, the same with "{jaar}" for four digits, or the same behind a number or code.

    >>> find_known("Weegfactor2024", {"weegfactor{jaar}"}), find_known("G01Q02. Rook je?", {"rook je"})
    ('weegfactor{jaar}', 'rook je')
    """
    text = normalise_heading(heading)
    for variant in (text, _FOUR_DIGITS.sub("{jaar}", text), _NUMBERED.sub("", text, count=1)):
        if variant and variant in known:
            return variant
    return None


def is_known(heading: Heading, known: Collection[str]) -> bool:
    """Say whether a codebook knows this column, by its heading or by its SPSS label."""
    return bool(find_known(heading.text, known) or (heading.label and find_known(heading.label, known)))


# --------------------------------------------------------------------------- the sheet


class _Start(NamedTuple):
    """Where the table of a sheet seems to begin, and how many of its headings are known."""

    row: int | None
    known: int


def choose_sheet(sheets: Mapping[str, Rows], known: Collection[str], pick: str) -> str:
    """Give the name of the sheet that holds the pupils.

    Raises:
        Refused: if there is none, or if several could be it and the user did not pick one.
    """
    if pick:
        if pick in sheets:
            return pick
        sentence = f"Er is geen zichtbaar werkblad met de naam '{pick}'. Kies uit: {_named(list(sheets))}."
        raise Refused(sentence)
    starts = {name: _start(_top(rows), known) for name, rows in sheets.items()}
    best = max((start.known for start in starts.values()), default=0)
    tables = [
        name
        for name, start in starts.items()
        if start.row is not None and start.known * 2 >= best and len(sheets[name]) > start.row + 1
    ]
    if len(tables) == 1:
        return tables[0]
    if not starts:
        raise Refused(NO_TABLE)
    if not tables:  # headings without pupils are refused later, with a better sentence
        return max(starts, key=lambda name: starts[name].known)
    sentence = (
        f"In dit bestand staan tabellen op meer werkbladen: {_named(tables)}. "
        "Kies welk werkblad u wilt lezen, of zet alle leerlingen onder elkaar op één werkblad."
    )
    raise Refused(sentence)


def _named(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _top(rows: Rows) -> list[list[str]]:
    return [[cell_text(cell) for cell in row] for row in rows[:LOOKED_AT]]


def _start(top: Sequence[Sequence[str]], known: Collection[str]) -> _Start:
    """Choose among the first rows the one of a program we know, else with most known headings, else the first likely.

    Of a program we know the first row tells which columns it added itself.
    """
    width = max(map(_filled, top), default=0)
    for place, row in enumerate(top[:HEADER_ROWS]):
        if recognise(row):
            return _Start(place, max(1, _known_in(row, known)))
    best = _Start(None, 0)
    for place, row in enumerate(top[:HEADER_ROWS]):
        hits = _known_in(row, known)
        if hits > best.known and (hits > 1 or _filled(row) >= PARTLY * width):
            best = _Start(place, hits)
    if best.row is not None or width < NARROWEST:
        return best
    for place, row in enumerate(top[:HEADER_ROWS]):
        if _filled(row) >= FULL * width and _looks_like_headings(row):
            return _Start(place, 0)
    return best


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell)


def _known_in(row: Sequence[str], known: Collection[str]) -> int:
    return sum(1 for cell in row if cell and find_known(cell, known))


def _looks_like_headings(row: Sequence[str]) -> bool:
    texts = [cell for cell in row if cell]
    words = {cell.casefold() for cell in texts if not _NUMBER.fullmatch(cell)}
    return len(words) >= FULL * len(texts)


# --------------------------------------------------------------------------- the table


def find_table(
    sheet: str, rows: Rows, known: Collection[str], notes: Sequence[str] = (), merged: Sequence[Range] = ()
) -> Table:
    """Make a table of the rows of a sheet: headings found, empty rows and rows that are no pupil set apart.

    ``merged`` are ranges that were made one cell, where the kind of file tells them: what stands in the
    first goes for all columns below a group, and for all pupils beside it.

    Raises:
        Refused: if there are no headings or no pupils, or if it is not clear which rows they are.
    """
    top = _top(rows)
    start = _start(top, known)
    _check_direction(rows, known, start)
    if start.row is None:
        raise Refused(NO_HEADINGS if any(any(row) for row in top) else NO_TABLE)
    headings = [Heading(text, column_letter(place)) for place, text in enumerate(top[start.row])]
    numbers = [place for place in range(start.row + 1, len(rows)) if any(map(cell_text, rows[place]))]
    if not numbers:
        raise Refused(NO_PUPILS)
    pupils, filled = _filled_down(rows, numbers, merged)
    columns = [Cells.of(column) for column in zip(*pupils, strict=True)]
    table = Table(sheet, start.row + 1, headings, columns, [place + 1 for place in numbers], list(notes))
    if start.row and _is_group_row(top[start.row - 1], top[start.row]):
        groups = _spread(top[start.row - 1], _covered(merged, start.row - 1))
        table.headings = _joined(groups, headings, known)
        table.notes.append(f"De koppen in rij {start.row} en {start.row + 1} zijn samengevoegd.")
    elif start.row:
        table.notes.append(f"De kolomkoppen staan in rij {start.row + 1}; de regels erboven zijn overgeslagen.")
    empty = numbers[-1] - start.row - len(numbers)
    if empty:
        table.notes.append(f"Lege rijen tussen de leerlingen: {empty}. Die zijn overgeslagen.")
    if filled:
        table.notes.append(f"Samengevoegde cellen: {filled} cellen eronder kregen dezelfde waarde.")
    if not start.known and _is_headless(table):
        raise Refused(NO_HEADINGS)
    table.notes += _cell_notes(columns, is_workbook=bool(sheet))
    _set_header_rows_apart(table, known, _covered(merged, start.row))
    set_rows_apart(table)
    return table


def _filled_down(rows: Rows, numbers: Sequence[int], merged: Sequence[Range]) -> tuple[list[Sequence[object]], int]:
    """Give these rows, with the value of a cell that runs down over several of them in each; and how many got one.

    Raises:
        Refused: if so many cells were made one that they must lie over each other.
    """
    if sum(last - first for (first, _), (last, _) in merged) > max(map(len, rows[:1]), default=0) * len(rows):
        raise Refused(UNSAFE)
    pupils, places = [rows[number] for number in numbers], {number: place for place, number in enumerate(numbers)}
    filled = 0
    for (first, column), (last, right) in merged:
        if column != right or first not in places or cell_text(rows[first][column]) == "":
            continue
        for number in range(first + 1, min(last + 1, len(rows))):
            if number in places:
                row = [*pupils[places[number]]]
                row[column] = rows[first][column]
                pupils[places[number]] = row
                filled += 1
    return pupils, filled


def _covered(merged: Sequence[Range], row: int) -> frozenset[int] | None:
    """Give the columns of a row that belong to the merged cell at their left; nothing where none was merged."""
    wide = [(left, right) for (first, left), (last, right) in merged if first <= row <= last and left < right]
    return frozenset(column for left, right in wide for column in range(left + 1, right + 1)) if wide else None


def _cell_notes(columns: Sequence[Cells], *, is_workbook: bool) -> Iterator[str]:
    """Tell of how many cells something was changed that people do not see."""
    if tidied := sum(cells.tidied for cells in columns):
        yield f"Bij {tidied} cellen zijn spaties of onzichtbare tekens voor, in of na de tekst weggehaald."
    numbers = sum(cells.kept_as_text for cells in columns)
    if is_workbook and numbers:
        yield f"Getallen die als tekst waren bewaard: {numbers}. Die zijn gelezen als getal."


def _is_headless(table: Table) -> bool:
    """Say whether the row taken for headings is a pupil: its texts are answers further down."""
    pairs = zip(table.headings, table.columns, strict=True)
    answers = sum(bool(heading.text) and heading.text in cells.texts for heading, cells in pairs)
    return answers > ANSWERS_ABOVE * len(table.headings)


# --------------------------------------------------------------------------- questions below each other


def _check_direction(rows: Rows, known: Collection[str], start: _Start) -> None:
    """Refuse a table in which the questions do not stand next to each other.

    Raises:
        Refused: saying how to turn the table, or which export to make.
    """
    width = len(rows[0]) if rows else 0
    if start.row is not None and width > A_FEW_PUPILS and _names_pupils(rows[start.row]):
        raise Refused(TRANSPOSED)
    for place in range(min(FIRST_COLUMNS, width)):
        texts = [text for row in rows[:SEARCHED] if (text := cell_text(row[place]))]
        hits = [name for text in texts if (name := find_known(text, known))]
        if len(set(hits)) <= max(FEW_HEADINGS - 1, start.known) or len(hits) * 2 < len(texts):
            continue
        if len(hits) >= 2 * len(set(hits)):
            raise Refused(ONE_ANSWER_A_ROW)
        if width > A_FEW_PUPILS:
            raise Refused(TRANSPOSED)


def _names_pupils(row: Sequence[object]) -> bool:
    texts = [text.casefold() for cell in row[1:] if (text := cell_text(cell))]
    return len(texts) >= A_FEW_PUPILS and all(map(_PUPIL_NAME.fullmatch, texts)) and len(set(texts)) == len(texts)


# --------------------------------------------------------------------------- more than one row of headings


def _is_group_row(above: Sequence[str], row: Sequence[str]) -> bool:
    """Say whether a row names groups of the columns below it: it has gaps, and is no line of a title."""
    filled = [place for place, text in enumerate(above) if text]
    if len(filled) < NARROWEST or filled[-1] < NARROWEST or any(map(_is_title_text, map(above.__getitem__, filled))):
        return False
    has_gaps = any(row[place + 1] and not above[place + 1] for place in filled if place + 1 < len(row))
    return has_gaps and all(row[place] for place in filled)


def _is_title_text(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) or text.endswith(":") or bool(_FOUR_DIGITS.search(text))


def _joined(groups: Sequence[str], headings: Sequence[Heading], known: Collection[str]) -> list[Heading]:
    """Give headings together with the group above them, except where a heading is known by itself."""
    return [
        heading
        if not group or not heading.text or is_known(heading, known)
        else replace(heading, text=_joint(group, heading.text))
        for group, heading in zip(groups, headings, strict=True)
    ]


def _spread(texts: Sequence[str], covered: Collection[int] | None) -> list[str]:
    """Give each gap the text at its left: as far as the cell there was merged, or else up to the next text."""
    spread: list[str] = []
    for column, text in enumerate(texts):
        is_gap = not text and spread and (covered is None or column in covered)
        spread.append(spread[-1] if is_gap else text)
    return spread


def _joint(group: str, part: str) -> str:
    return group if not part or _ONE_ANSWER.fullmatch(part.casefold()) or part == group else f"{group} – {part}"


def _with_row_below(
    headings: Sequence[Heading], below: Sequence[str], known: Collection[str], covered: Collection[int] | None
) -> list[Heading]:
    """Give headings with what the row below says: an option of the question, or its text in full."""
    groups = _spread([heading.text for heading in headings], covered)
    spans = Counter(groups)
    made = []
    for heading, group, text in zip(headings, groups, below, strict=True):
        own = heading if heading.text else replace(heading, text=(group or text) if text else "")
        if own.text and text and spans[group] > 1:
            own = replace(own, text=_joint(group, text))
        elif text and find_known(text, known) and not find_known(own.text, known):
            own = replace(own, text=text, label=own.text)
        elif text and text != own.text:
            own = replace(own, label=text)
        made.append(own)
    return made


def _set_header_rows_apart(table: Table, known: Collection[str], covered: Collection[int] | None) -> None:
    """Take rows out that stand under the headings and belong to them: question texts, import ids.

    Raises:
        Refused: if it is not clear whether such a row is a pupil.
    """
    count = _header_rows_under(table, known)
    if not count:
        return
    for row in range(count):
        below = [cells.at(row) for cells in table.columns]
        if not any(text.startswith(IMPORT_ID) for text in below):
            table.headings = _with_row_below(table.headings, below, known, covered)
    places = ", ".join(map(str, table.row_numbers[:count]))
    table.notes.append(f"Onder de kolomkoppen staat nog een rij met koppen (rij {places}); die telt niet als leerling.")
    table.keep(range(count, len(table.row_numbers)))
    if not table.row_numbers:
        raise Refused(NO_PUPILS)


def _header_rows_under(table: Table, known: Collection[str]) -> int:
    rows = range(min(UNDER_HEADER, len(table.row_numbers)))
    marked = [row for row in rows if any(cells.at(row).startswith(IMPORT_ID) for cells in table.columns)]
    if marked:
        return marked[-1] + 1
    for row in rows:
        if _known_in([cells.at(row) for cells in table.columns], known) > 1 or _fills_gaps(table, row):
            continue
        strange = _strange_share(table, row)
        if strange < PARTLY:
            return row
        if strange < FULL:
            sentence = (
                f"Het is niet duidelijk of rij {table.row_numbers[row]} een leerling is of bij de kolomkoppen hoort. "
                "Haal die rij weg als het geen leerling is, of zet de kolomkoppen in één rij."
            )
            raise Refused(sentence)
    return len(rows)


def _fills_gaps(table: Table, row: int) -> bool:
    """Say whether a row gives the options under a question, and nothing under what the program added itself."""
    names = [heading.text for heading in table.headings]
    layout = recognise(names)
    own = [cells for name, cells in zip(names, table.columns, strict=True) if is_own(layout, name)]
    gaps = [cells for name, cells in zip(names, table.columns, strict=True) if not name]
    is_bare = bool(own) and not any(cells.at(row) for cells in own) and any(any(cells.texts) for cells in own)
    return is_bare and any(cells.at(row) for cells in table.columns) and all(cells.at(row) for cells in gaps)


def _strange_share(table: Table, row: int) -> float:
    """Give the share of columns (0-1) in which this row holds a text where the rows below hold closed answers.

    A column where its text comes back speaks for a pupil. An open column says nothing, since every
    pupil differs there; nor does a table of a few rows.
    """
    strange = ordinary = 0
    for cells in table.columns:
        if cells.codes.count(cells.codes[row]) > 1:
            ordinary += bool(cells.at(row))
        elif cells.at(row) and not _NUMBER.fullmatch(cells.at(row)):
            strange += _has_closed_answers(cells, row + 1)
    return strange / (strange + ordinary) if strange + ordinary >= UNDER_HEADER else 0.0


def _has_closed_answers(cells: Cells, first: int) -> bool:
    times = Counter(cells.codes[first:])
    answers = [place for place in times if cells.texts[place]]
    filled = sum(times[place] for place in answers)
    return filled >= ENOUGH_ROWS and len(answers) * 2 <= filled
