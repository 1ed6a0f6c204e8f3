"""Reading and checking files of reference data; every problem in Dutch, all of them at once."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

Model = TypeVar("Model")
Table = Mapping[str, Any]


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
        ReferenceDataError: if the file is missing or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ReferenceDataError([f"{path.name}: dit bestand ontbreekt in de map {path.parent.name}."]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReferenceDataError([f"{path.name}: dit is geen geldig TOML-bestand ({error})."]) from None


def read_table(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Read a CSV file with semicolons (as Dutch Excel writes it) that has exactly these columns.

    Raises:
        ReferenceDataError: if the file is missing, has other columns, or a row of another width.
    """
    try:
        lines = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    except FileNotFoundError:
        raise ReferenceDataError([f"{path.name}: dit bestand ontbreekt in de map {path.parent.name}."]) from None
    except UnicodeDecodeError:
        sentence = f"{path.name}: sla dit bestand op als 'CSV UTF-8 (gescheiden door lijstscheidingsteken)'."
        raise ReferenceDataError([sentence]) from None
    header = lines[0] if lines else []
    problems = [f"{path.name}: de kolom '{name}' is onbekend." for name in header if name not in columns]
    problems += [f"{path.name}: de kolom '{name}' ontbreekt." for name in columns if name not in header]
    if problems:
        raise ReferenceDataError(problems)
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) != len(header):
            problems.append(f"{path.name}, regel {number}: {len(line)} cellen, maar er zijn {len(header)} kolommen.")
        rows.append(dict(zip(header, (cell.strip() for cell in line), strict=False)))
    if problems:
        raise ReferenceDataError(problems)
    return rows


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
    return [part.strip() for part in cell.split("|") if part.strip()]


def _sentence(item: Any, where: str) -> str:
    key = " > ".join(_place(part) for part in item["loc"] if not _is_tag(part)) or "het geheel"
    kind, context = item["type"], item.get("ctx", {})
    match kind:
        case "unexpected_keyword_argument" | "extra_forbidden":
            text = "deze sleutel is onbekend"
        case "missing" | "missing_argument":
            text = "deze sleutel ontbreekt"
        case "enum" | "literal_error":
            text = f"'{item['input']}' mag hier niet; kies uit {context['expected'].replace(' or ', ' of ')}"
        case "string_too_short":
            text = "dit mag niet leeg zijn"
        case "string_pattern_mismatch":
            text = f"'{item['input']}' is geen geldige naam: begin met een letter, daarna letters, cijfers, _ en -"
        case "union_tag_invalid":
            text = f"onbekende soort '{context['tag']}'; kies uit {context['expected_tags']}"
        case "union_tag_not_found":
            text = "de sleutel 'kind' ontbreekt"
        case "greater_than_equal":
            text = f"dit moet {context['ge']} of meer zijn"
        case _ if kind.startswith(("date", "int", "float", "bool", "string", "tuple", "mapping", "dataclass")):
            text = f"hier staat '{item['input']}', en dat is niet het goede soort waarde ({kind.split('_')[0]})"
        case _:
            text = str(item["msg"])
    return f"{where}: {key}: {text}."


def _place(part: int | str) -> str:
    return f"nummer {part + 1}" if isinstance(part, int) else part


def _is_tag(part: int | str) -> bool:
    return part in {"share", "count", "scale"}
