"""Where the table begins, and which of its rows are pupils."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from wellbeing.intake.guard import HEADER_ROWS, Refused
from wellbeing.intake.tables import Cells, Heading, Table, cell_text, column_letter

Rows = Sequence[Sequence[object]]

LOOKED_AT = 60  # rows at the top that tell how wide a table is
FULL = 0.8  # an unknown row of headings fills so much of that width
PARTLY = 0.5  # a known one may leave more cells empty
UNDER_HEADER = 3  # rows of headings that may stand below each other
ANSWERS_ABOVE = 0.2  # share of headings that are answers too: then they are no headings
NARROWEST = 2  # one column without a known heading is not a table
ENOUGH_ROWS = 10  # so many rows tell what answers look like

NO_TABLE = (
    "In dit bestand staat geen tabel met leerlingen. "
    "Voeg de export toe met één rij per leerling en boven elke kolom een kop."
)
NO_HEADINGS = (
    "Boven de tabel staat geen rij met kolomkoppen. "
    "Zet boven elke kolom de vraag of de naam van het gegeven, en voeg het bestand opnieuw toe."
)
NO_PUPILS = (
    "Onder de kolomkoppen staan geen leerlingen. Maak de export opnieuw, met de antwoorden van de leerlingen erin."
)

_CODE_PREFIX = re.compile(r"(?:j|km|jv|vo|gmj)_(?=[a-z]\w*$)")
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_CURLY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00ad": None, "\ufeff": None, "\u200b": None})
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?%?")
_TEST_ROW = re.compile(r"test(?:rij|regel|leerling|persoon|invoer)?(?: ?\d{1,3})?|(?:survey )?preview")
_TOTAL_ROW = re.compile(
    r"(?:eind|sub)?tota(?:al|len)\b.*|gemiddelden?(?:\s*[:(].*)?|aantal(?: \w+)?\s*[:=].*|n\s*=\s*\d+|(?:grand )?total"
)


def normalise_heading(text: str) -> str:
    r"""Give a heading without differences that people do not see: case, spacing, end mark, code prefix.

    >>> normalise_heading("  Hoe gelukkig\u00a0 voel je je? "), normalise_heading("J_EBGLK301")
    ('hoe gelukkig voel je je', 'ebglk301')
    """
    plain = unicodedata.normalize("NFC", text.translate(_CURLY)).casefold()
    return _CODE_PREFIX.sub("", " ".join(plain.split()).rstrip(" :;.,?!*…"), count=1)


def find_known(heading: str, known: Mapping[str, object] | Collection[str]) -> str | None:
    """Give the known heading that this one is: the same text, or the same with "{jaar}" for four digits.

    >>> find_known("Weegfactor2024", {"weegfactor{jaar}"})
    'weegfactor{jaar}'
    """
    text = normalise_heading(heading)
    if text in known:
        return text or None
    pattern = _FOUR_DIGITS.sub("{jaar}", text)
    return pattern if pattern in known else None


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
    """Choose among the first rows the one with most known headings, else the first that looks like headings."""
    width = max(map(_filled, top), default=0)
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


def find_table(sheet: str, rows: Rows, known: Collection[str], notes: Sequence[str] = ()) -> Table:
    """Make a table of the rows of a sheet: headings found, empty rows and rows that are no pupil set apart.

    Raises:
        Refused: if there are no headings or no pupils, or if it is not clear which rows they are.
    """
    start = _start(_top(rows), known)
    if start.row is None:
        raise Refused(NO_HEADINGS if any(any(row) for row in _top(rows)) else NO_TABLE)
    headings = [Heading(cell_text(cell), column_letter(place)) for place, cell in enumerate(rows[start.row])]
    numbers = [place for place in range(start.row + 1, len(rows)) if any(map(cell_text, rows[place]))]
    if not numbers:
        raise Refused(NO_PUPILS)
    columns = [Cells.of(column) for column in zip(*(rows[place] for place in numbers), strict=True)]
    table = Table(sheet, start.row + 1, headings, columns, [place + 1 for place in numbers], list(notes))
    if start.row:
        table.notes.append(f"De kolomkoppen staan in rij {start.row + 1}; de regels erboven zijn overgeslagen.")
    empty = numbers[-1] - start.row - len(numbers)
    if empty:
        table.notes.append(f"Lege rijen tussen de leerlingen: {empty}. Die zijn overgeslagen.")
    if not start.known and _is_headless(table):
        raise Refused(NO_HEADINGS)
    _check_doubles(table, known)
    _set_header_rows_apart(table, known)
    set_rows_apart(table)
    return table


def _is_headless(table: Table) -> bool:
    """Say whether the row taken for headings is a pupil: its texts are answers further down."""
    pairs = zip(table.headings, table.columns, strict=True)
    answers = sum(bool(heading.text) and heading.text in cells.texts for heading, cells in pairs)
    return answers > ANSWERS_ABOVE * len(table.headings)


def set_rows_apart(table: Table) -> None:
    """Take test rows and total rows out of a table, and note how many.

    Raises:
        Refused: if no pupil is left.
    """
    tests = {row for cells in table.columns for row in cells.rows_with(_matching(cells, _TEST_ROW))}
    totals = _total_rows(table) - tests
    for what, apart in (("Testrijen", tests), ("Rijen met een totaal of gemiddelde", totals)):
        if apart:
            places = ", ".join(str(table.row_numbers[row]) for row in sorted(apart)[:5])
            table.notes.append(f"{what}: {len(apart)} (rij {places}). Die tellen niet mee als leerling.")
    if tests or totals:
        table.keep([row for row in range(len(table.row_numbers)) if row not in tests and row not in totals])
    if not table.row_numbers:
        raise Refused(NO_PUPILS)


def _matching(cells: Cells, pattern: re.Pattern[str]) -> list[str]:
    return [text for text in cells.texts if len(text) < 60 and pattern.fullmatch(text.casefold())]


def _total_rows(table: Table) -> set[int]:
    """Give the rows whose first filled cell says that they are a total."""
    found = set()
    for place, cells in enumerate(table.columns):
        for row in cells.rows_with(_matching(cells, _TOTAL_ROW)):
            if not any(before.at(row) for before in table.columns[:place]):
                found.add(row)
    return found


def _check_doubles(table: Table, known: Collection[str]) -> None:
    """Refuse a known heading that stands above two columns: nothing says which one counts."""
    letters: dict[str, str] = {}
    for heading in table.headings:
        name = normalise_heading(heading.text)
        if not name or not is_known(heading, known):
            continue
        if name in letters:
            sentence = (
                f"De kop '{heading.text}' staat boven twee kolommen ({letters[name]} en {heading.letter}). "
                "Geef elke kolom een eigen kop, of haal de kolom weg die niet telt."
            )
            raise Refused(sentence)
        letters[name] = heading.letter


def _set_header_rows_apart(table: Table, known: Collection[str]) -> None:
    """Take rows out that stand under the headings and belong to them: question texts, import ids.

    Raises:
        Refused: if it is not clear whether such a row is a pupil.
    """
    count = _header_rows_under(table, known)
    if not count:
        return
    places = ", ".join(map(str, table.row_numbers[:count]))
    table.notes.append(f"Onder de kolomkoppen staat nog een rij met koppen (rij {places}); die telt niet als leerling.")
    table.keep(range(count, len(table.row_numbers)))
    if not table.row_numbers:
        raise Refused(NO_PUPILS)


def _header_rows_under(table: Table, known: Collection[str]) -> int:
    rows = range(min(UNDER_HEADER, len(table.row_numbers)))
    marked = [row for row in rows if any(cells.at(row).startswith('{"ImportId"') for cells in table.columns)]
    if marked:
        return marked[-1] + 1
    for row in rows:
        if _known_in([cells.at(row) for cells in table.columns], known) > 1:
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
