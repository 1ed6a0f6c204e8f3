"""What a text in an export means, by the codebook and the common spellings; never by guessing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from wellbeing.model.reference import Question, RespondentField, Role
from wellbeing.reference.notations import NO, YES, bare_year, before_excel, school_year
from wellbeing.reference.spellings import Spellings

KeyT = TypeVar("KeyT", int, str)

KEYED = (Role.LEVEL, Role.LEERJAAR, Role.GENDER)

_ALIKE = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u2212": "-"} | dict.fromkeys("\u00ad\u200b\ufeff"))
_DASHES = re.compile(r"[\u2010-\u2015]")
_AROUND_SIGN = re.compile(r"\s*[-/]\s*")
_CODE_FIRST = re.compile(r"(\d+)(?:\s*[=.):\-]\s*|\s+)(.+)")
_CODE_LAST = re.compile(r"(.*\D)\s*\((\d+)\)")


@dataclass(slots=True)
class Reading(Generic[KeyT]):
    """What each distinct text of a column means.

    ``labels`` are those of the keys. ``unread`` are texts that were not understood, ``restored``
    those of which Excel had made a date, both with how often they occur. ``no_as_zero`` tells how
    many zeros were read as "no".
    """

    keys: dict[str, KeyT | None]
    labels: dict[str, str] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    restored: dict[str, int] = field(default_factory=dict)
    no_as_zero: int = 0


def fold(text: str) -> str:
    r"""Give a text without differences that people do not see: case, spacing, quotes, dashes, composed letters.

    >>> fold("  Zeer\u00a0Vaak – ‘altijd’ ")
    "zeer vaak - 'altijd'"
    """
    plain = unicodedata.normalize("NFC", text.translate(_ALIKE)).casefold()
    return " ".join(_DASHES.sub("-", plain).split())


def whole_number(text: str) -> int | None:
    """Give the code that a text is.

    >>> whole_number("2"), whole_number("2,0"), whole_number("2,5")
    (2, 2, None)
    """
    match = re.fullmatch(r"(-?\d{1,4})(?:[.,]0+)?", text)
    return int(match[1]) if match else None


# --------------------------------------------------------------------------- answers


def read_answers(written: Mapping[str, int], question: Question) -> Reading[int]:
    """Read each distinct text as a code, a label, or both ("1 = ja").

    ``written`` gives how often each text occurs. Yes and no may be written in every usual way.
    """
    read = _answer_reader(question)
    reading: Reading[int] = Reading({"": None})
    no = _no_for_zero(written, question)
    for text, times in written.items():
        if not text:
            continue
        try:
            reading.keys[text] = read(text)
            continue
        except KeyError:
            key = _before_excel(text, question)
        if key is not None:
            reading.restored[text] = times
        elif no is not None and whole_number(text) == 0:
            key = no
            reading.no_as_zero += times
        else:
            reading.unread[text] = times
        reading.keys[text] = key
    return reading


def yes_and_no(question: Question) -> tuple[int, int] | None:
    """Give the codes of yes and no, of a question with just these two answers."""
    if len(question.answers) != 2:
        return None
    codes = {"yes" if fold(answer.label) in YES else "no": answer.code for answer in question.answers}
    if {fold(answer.label) in NO for answer in question.answers} != {True, False} or len(codes) < 2:
        return None
    return codes["yes"], codes["no"]


def possible_dates(text: str, question: Question) -> tuple[int, ...]:
    """Give the codes of the answers of which Excel may have made this date."""
    labels = {_AROUND_SIGN.sub("-", fold(answer.label)): answer.code for answer in question.answers}
    return tuple(dict.fromkeys(labels[typed] for typed in before_excel(text) if typed in labels))


def _before_excel(text: str, question: Question) -> int | None:
    codes = possible_dates(text, question)
    return codes[0] if len(codes) == 1 else None


def _no_for_zero(written: Mapping[str, int], question: Question) -> int | None:
    """Give the code of "no" where a column holds nothing but 0 and 1 and the codebook has no 0."""
    pair = yes_and_no(question)
    numbers = {whole_number(text) for text in written if text}
    fits = pair is not None and pair[0] == 1 and numbers == {0, 1}
    return pair[1] if fits and pair and 0 not in question.missing else None


def _answer_reader(question: Question) -> Callable[[str], int | None]:
    """Read a text as a code, as a label, or as both; missing codes give nothing.

    Raises (inside): KeyError for a text that is none of these.
    """
    codes = {answer.code for answer in question.answers} | set(question.not_applicable)
    by_label = _labels(question)

    def read(text: str) -> int | None:
        folded = fold(text)
        if folded in by_label:
            return by_label[folded]
        code = whole_number(folded)
        if code is not None:
            return known(code)
        for label, number in _both(folded):
            if by_label.get(label) == number:
                return number
        raise KeyError(text)

    def known(code: int) -> int | None:
        if code in question.missing:
            return None
        if code in codes:
            return code
        raise KeyError(code)

    return read


def _labels(question: Question) -> dict[str, int]:
    labels = {fold(answer.label): answer.code for answer in question.answers}
    pair = yes_and_no(question)
    usual = dict.fromkeys(YES, pair[0]) | dict.fromkeys(NO, pair[1]) if pair else {}
    return usual | labels


def _both(folded: str) -> Iterable[tuple[str, int]]:
    if match := _CODE_FIRST.fullmatch(folded):
        yield match[2], int(match[1])
    if match := _CODE_LAST.fullmatch(folded):
        yield match[1].strip(), int(match[2])


# --------------------------------------------------------------------------- respondent fields


def read_keys(
    written: Mapping[str, int], field: RespondentField, value_labels: Mapping[str, str], spellings: Spellings
) -> Reading[str]:
    """Read level, leerjaar and gender by codebook and spellings; school and year as the file writes them.

    ``value_labels`` are those of an SPSS file.
    """
    if field.role not in KEYED:
        return _read_names(written, field, value_labels)
    exact = {fold(text): (value.key, value.label) for value in field.values for text in value.written}
    missing = {fold(text) for text in field.missing}
    labels = {value.key: value.label for value in field.values}
    usual = _usual_letters(field.role, written)
    reading: Reading[str] = Reading({"": None})
    for text, times in written.items():
        if not text or fold(text) in missing:
            reading.keys[text] = None
            continue
        meant = value_labels.get(text, usual.get(fold(text), text))
        found = exact.get(fold(text)) or exact.get(fold(meant)) or _spelled(field.role, meant, spellings)
        if found is None:
            reading.keys[text], reading.unread[text] = None, times
            continue
        reading.keys[text] = found[0]
        ours = labels.get(found[0], found[1])
        own = value_labels.get(text, ours)
        # Where the file divides a group further ("vmbo basis", "vmbo kader") its label is ours, not that of a part.
        reading.labels[found[0]] = own if reading.labels.get(found[0], own) == own else ours
    return reading


def unread(role: Role, texts: Iterable[str], spellings: Spellings) -> tuple[str, ...]:
    """Give the texts of a column that the common spellings do not read as this role; of school and year there are none.

    ``texts`` are all of the column: beside "v" or "f" an "m" is a man.
    """
    usual = RespondentField(role, (role.value,))
    return tuple(read_keys(dict.fromkeys(texts, 1), usual, {}, spellings).unread)


def _usual_letters(role: Role, written: Iterable[str]) -> dict[str, str]:
    """Say what "m" means: beside "v" or "f" it is a man, beside "j" it is not."""
    folded = {fold(text) for text in written}
    if role is not Role.GENDER or "m" not in folded:
        return {}
    beside = folded & {"v", "f", "j"}
    if beside == {"j"}:
        return {"m": "meisje"}
    return {"m": "man"} if beside and "j" not in beside else {}


def _spelled(role: Role, text: str, spellings: Spellings) -> tuple[str, str] | None:
    found = spellings.read(role, text)
    return None if found is None else (found.key, found.label)


def _read_names(written: Mapping[str, int], field: RespondentField, value_labels: Mapping[str, str]) -> Reading[str]:
    """Read school and year as the file writes them; an SPSS value label is the name, and a school year has one form."""
    missing = {fold(text) for text in ("", *field.missing)}
    as_name = _year_name if field.role is Role.YEAR else str
    names = {text: None if fold(text) in missing else as_name(value_labels.get(text, text)) for text in ("", *written)}
    return Reading(names, {name: name for name in names.values() if name})


def _year_name(text: str) -> str:
    return school_year(text) or bare_year(text) or text
