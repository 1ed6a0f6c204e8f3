"""A codebook as the three files of its folder: read back, it is the same codebook."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any

from wellbeing.model.reference import Codebook, Indicator, Question, RespondentField, Theme
from wellbeing.reference.codebooks import QUESTION_COLUMNS, codebook_problems
from wellbeing.reference.schema import SEPARATOR, ReferenceDataError, guarded

OWN_FILES = {"questions", "indicators"}
BOM = "\ufeff"  # so that Excel sees that it is UTF-8


def write_codebook(codebook: Codebook, folder: Path) -> None:
    """Write a codebook into its folder, whole: also what it took over from the one it was based on.

    Raises:
        ReferenceDataError: if the codebook is not in order, if its files cannot hold one of its
            texts, or if the folder does not have its name; nothing is written then.
    """
    if folder.name != codebook.id:
        raise ReferenceDataError([f"De map moet '{codebook.id}' heten, net als het codeboek."])
    files = codebook_files(codebook)
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        part = folder / f".{name}.part"
        part.write_bytes(data)
        part.replace(folder / name)


def codebook_files(codebook: Codebook) -> Mapping[str, bytes]:
    """Give the three files of a codebook by name.

    Raises:
        ReferenceDataError: if the codebook is not in order, or if its files cannot hold one of its texts.
    """
    problems = [*codebook_problems(codebook), *_unwritable(codebook)]
    if problems:
        raise ReferenceDataError(problems)
    texts = {
        "codebook.toml": _head(codebook),
        "questions.csv": BOM + _questions(codebook.questions),
        "indicators.toml": "\n".join(_block("indicators", indicator) for indicator in codebook.indicators),
    }
    return {name: text.encode("utf-8") for name, text in texts.items()}


# --------------------------------------------------------------------------- questions.csv


def _unwritable(codebook: Codebook) -> Iterator[str]:
    """Say which texts a cell cannot hold: the sign between values, and lines or spaces that reading takes off."""
    for question in codebook.questions:
        where = f"questions.csv, vraag {question.id}"
        values = [*question.headings, *(answer.label for answer in question.answers)]
        yield from (f"{where}: haal het teken | uit '{text}'." for text in values if SEPARATOR in text)
        for text in (question.text, *values):
            if text != text.strip() or len(text.splitlines()) > 1:
                yield f"{where}: haal regeleinden, en spaties aan het begin en eind, uit '{' '.join(text.split())}'."


def _questions(questions: Iterable[Question]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(QUESTION_COLUMNS)
    writer.writerows([guarded(cell) for cell in _cells(question)] for question in questions)
    return out.getvalue()


def _cells(question: Question) -> tuple[str, ...]:
    return (
        question.id,
        SEPARATOR.join(question.headings),
        question.text,
        SEPARATOR.join(f"{answer.code}={answer.label}" for answer in question.answers),
        SEPARATOR.join(map(str, question.missing)),
        SEPARATOR.join(map(str, question.not_applicable)),
    )


# --------------------------------------------------------------------------- the TOML files


def _head(codebook: Codebook) -> str:
    keys = {name: value for name, value in _told(codebook).items() if name not in OWN_FILES}
    plain = {name: value for name, value in keys.items() if not _is_block(value)}
    lines = [f"{name} = {_toml(value)}" for name, value in plain.items()]
    owned = _lines(codebook.owned)
    blocks: list[tuple[str, Sequence[Theme | RespondentField]]] = [
        ("themes", codebook.themes),
        ("fields", codebook.fields),
    ]
    parts = ["\n".join(lines), "[owned]\n" + "\n".join(owned)]
    parts += [_block(name, item).rstrip("\n") for name, items in blocks for item in items]
    return "\n\n".join(parts) + "\n"


def _is_block(value: object) -> bool:
    return is_dataclass(value) or (isinstance(value, tuple) and any(is_dataclass(item) for item in value))


def _block(name: str, item: Indicator | Theme | RespondentField) -> str:
    return "\n".join([f"[[{name}]]", *_lines(item)]) + "\n"


def _lines(item: object) -> list[str]:
    return [f"{name} = {_toml(value)}" for name, value in _told(item).items()]


def _told(item: Any) -> dict[str, Any]:
    """Give the values of an object that are not what they are without being told."""
    values = {field.name: (getattr(item, field.name), field.default) for field in fields(item)}
    return {name: value for name, (value, default) in values.items() if default is MISSING or value != default}


def _toml(value: object) -> str:
    """Write one value; a group of values within a list becomes a table on its line."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case dt.date():
            return value.isoformat()
        case tuple():
            several = any(is_dataclass(item) for item in value) and len(value) > 1
            inside = [_toml(item) for item in value]
            return "[\n    " + ",\n    ".join(inside) + ",\n]" if several else f"[{', '.join(inside)}]"
        case _ if is_dataclass(value):
            return "{ " + ", ".join(_lines(value)) + " }"
        case _:
            return repr(value)
