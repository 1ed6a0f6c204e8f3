"""Reading and checking files of reference data; every problem in Dutch, all of them at once."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

Model = TypeVar("Model")
Table = Mapping[str, Any]

SEPARATOR = "|"  # between the values of one cell

TOML_ADVICE = (
    "dit kan niet worden gelezen; controleer de aanhalingstekens, haken en komma's, "
    "en of een sleutel niet twee keer voorkomt."
)
WANTED = {
    "date": "een datum, geschreven als 2026-11-22",
    "int": "een heel getal",
    "float": "een getal met een punt, bijvoorbeeld 12.5",
    "finite": "een getal met een punt, bijvoorbeeld 12.5",
    "bool": "true of false",
    "string": "een tekst tussen aanhalingstekens",
    "tuple": "een lijst tussen vierkante haken",
    "dict": "een blok met sleutels",
    "mapping": "een blok met sleutels",
    "dataclass": "een blok met sleutels",
    "model": "een blok met sleutels",
}


_FORMULA = re.compile(r"'*[=+\-@]")


class ReferenceDataError(ValueError):
    """A file of reference data cannot be used; ``problems`` says what and where, in Dutch."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Keep all problems, and show them one under the other."""
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def build(model: type[Model], data: Table, where: str) -> Model:
    """Make one checked object from a table of a file.

    Raises:
        ReferenceDataError: with a Dutch sentence per key that is wrong, unknown or missing.
    """
    try:
        return TypeAdapter(model).validate_python(data)
    except ValidationError as error:
        raise ReferenceDataError([_sentence(item, where) for item in error.errors()]) from None


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        ReferenceDataError: if the file is missing, cannot be opened, or is not TOML.
    """
    try:
        return tomllib.loads(_text(path))
    except UnicodeDecodeError:
        raise ReferenceDataError([f"{path.name}: sla dit bestand op met de codering UTF-8."]) from None
    except tomllib.TOMLDecodeError as error:
        raise ReferenceDataError([f"{path.name}{_toml_place(error)}: {TOML_ADVICE}"]) from None


def read_table(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Read a CSV file with semicolons (as Dutch Excel writes it) that has exactly these columns.

    Raises:
        ReferenceDataError: if the file is missing or cannot be opened, has other columns, or a row of another width.
    """
    try:
        reader = csv.reader(_text(path).splitlines(), delimiter=";")
        lines = [(reader.line_num, line) for line in reader]
    except UnicodeDecodeError:
        sentence = f"{path.name}: sla dit bestand in Excel op als 'CSV UTF-8 (gescheiden door lijstscheidingsteken)'."
        raise ReferenceDataError([sentence]) from None
    header = lines[0][1] if lines else []
    problems = _header_problems(header, columns)
    rows = [(number, line) for number, line in lines[1:] if any(cell.strip() for cell in line)]
    if not problems:
        problems = [_width_problem(number, line, columns) for number, line in rows if len(line) != len(header)]
    if problems:
        raise ReferenceDataError([f"{path.name}{problem}" for problem in problems])
    return [dict(zip(header, (_unguarded(cell.strip()) for cell in line), strict=True)) for _, line in rows]


def guarded(cell: str) -> str:
    """Put a quote before a text that a spreadsheet would run as a formula; reading takes it off again.

    >>> guarded("=1+1"), guarded("Eens")
    ("'=1+1", 'Eens')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ReferenceDataError([f"{path.name}: dit bestand ontbreekt in de map {path.parent.name}."]) from None
    except OSError:
        sentence = (
            f"{path.name}: dit bestand kan niet worden geopend; sluit het in andere programma's en probeer opnieuw."
        )
        raise ReferenceDataError([sentence]) from None


def _toml_place(error: tomllib.TOMLDecodeError) -> str:
    line = re.search(r"line (\d+)", str(error))
    return f", regel {line[1]}" if line else ", aan het eind"


def _header_problems(header: Sequence[str], columns: Sequence[str]) -> list[str]:
    if len(header) == 1 and header[0].count(",") >= len(columns) - 1 > 0:
        return [": tussen de kolommen staan komma's; sla dit bestand op met puntkomma's ertussen."]
    problems = [f": de kolom '{name}' is onbekend." for name in header if name not in columns]
    problems += [f": de kolom '{name}' ontbreekt." for name in columns if name not in header]
    return problems + [f": de kolom '{name}' staat er twee keer in." for name in duplicates(header)]


def _width_problem(number: int, line: Sequence[str], columns: Sequence[str]) -> str:
    return (
        f", regel {number}: hier staan {len(line)} cellen, maar er zijn {len(columns)} kolommen; "
        "zet een tekst met een puntkomma erin tussen aanhalingstekens."
    )


def collect(steps: Sequence[Callable[[], Model]]) -> list[Model]:
    """Run every step and give the results; if some fail, raise all their problems together.

    Raises:
        ReferenceDataError: with the problems of every step that failed.
    """
    results: list[Model] = []
    problems: list[str] = []
    for step in steps:
        try:
            results.append(step())
        except ReferenceDataError as error:
            problems += error.problems
    if problems:
        raise ReferenceDataError(problems)
    return results


def duplicates(names: Sequence[str]) -> list[str]:
    """Give the names that occur more than once, each once, in order."""
    return list(dict.fromkeys(name for name in names if names.count(name) > 1))


def split(cell: str) -> list[str]:
    """Split a cell that holds several values with "|" between them; empty parts fall away."""
    return [part.strip() for part in cell.split(SEPARATOR) if part.strip()]


def _sentence(item: Any, where: str) -> str:
    key = " > ".join(_place(part) for part in item["loc"] if not _is_tag(part))
    return f"{where}: {key}: {_complaint(item)}." if key else f"{where}: {_complaint(item)}."


def _complaint(item: Any) -> str:
    kind, value, context = item["type"], item["input"], item.get("ctx", {})
    match kind:
        case "unexpected_keyword_argument" | "extra_forbidden":
            text = "deze sleutel is onbekend"
        case "missing" | "missing_argument":
            text = "deze sleutel ontbreekt"
        case "union_tag_not_found":
            text = "de sleutel 'kind' ontbreekt"
        case "enum" | "literal_error":
            text = f"'{value}' mag hier niet; kies uit {context['expected'].replace(' or ', ' of ')}"
        case "union_tag_invalid":
            text = f"kind: '{context['tag']}' mag hier niet; kies uit {context['expected_tags']}"
        case "string_too_short":
            text = "dit mag niet leeg zijn"
        case "string_pattern_mismatch":
            text = f"'{value}' mag hier niet; begin met een letter, daarna alleen letters, cijfers, _ en -"
        case "greater_than_equal":
            text = f"hier staat '{value}', maar dit moet {_decimal(context['ge'])} of meer zijn"
        case "less_than_equal":
            text = f"hier staat '{value}', maar dit mag hoogstens {_decimal(context['le'])} zijn"
        case _:
            text = f"hier staat {_shown(value)}, maar hier hoort {_wanted(kind)}"
    return text


def _wanted(kind: str) -> str:
    return next((words for start, words in WANTED.items() if kind.startswith(start)), "iets anders")


def _shown(value: object) -> str:
    """Show a short value as it is; of a long one only what it is."""
    match value:
        case list() | tuple():
            return "een lijst"
        case Mapping():
            return "een blok met sleutels"
        case _:
            return f"'{value}'"


def _decimal(limit: float) -> str:
    return f"{limit:g}".replace(".", ",")


def _place(part: int | str) -> str:
    return f"nummer {part + 1}" if isinstance(part, int) else part


def _is_tag(part: int | str) -> bool:
    return part in {"share", "count", "scale"}
