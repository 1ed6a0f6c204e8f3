"""What an import found: told to the user before any figure appears. Counts and headings, never rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the reading process knows these kinds of file too, and should start fast
    from wellbeing.model.reference import IndicatorId


class FileKind(StrEnum):
    """The kinds of file we read, decided by content."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"
    SAV = "sav"


@dataclass(frozen=True, slots=True)
class DroppedColumn:
    """A column that could name a pupil: removed while reading, reported by heading and reason."""

    heading: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """A column that no codebook knows.

    ``answers`` are its values with their counts, and only where it is a closed question (at most
    12 distinct values that each occur at least five times).
    """

    heading: str
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class LinkedColumn:
    """A column that was recognised: its heading, and the question or respondent field it is."""

    heading: str
    target: str
    text: str
    by_hand: bool


class Severity(StrEnum):
    """How serious a remark of the import report is."""

    NOTE = "let op"
    CHECK = "controleer"
    STOP = "fout"


class Doubt(StrEnum):
    """What only the user can know about an export."""

    COLUMN = "kolom"
    VALUE = "waarde"
    DATE = "datum"
    BLANK = "leeg"
    CLASS = "klas"
    YEAR = "schooljaar"
    SCHOOL = "school"
    REGION = "regio"
    ROWS = "rijen"
    ORDER = "volgorde"


# Rows of which only the user knows whether they count: of pupils who stopped halfway, and of pupils found twice.
UNFINISHED, DOUBLE = "halverwege", "dubbel"


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A question to the user about something in the export that could mean more than one thing.

    ``text`` is the question and ``options`` are its answers (key, label). ``about`` is the value or
    name that it concerns, ``rows`` how many pupils. A reply is kept by ``id``: the same question
    about another file, or after another reply, has the same one.
    """

    doubt: Doubt
    heading: str
    text: str
    options: tuple[tuple[str, str], ...]
    rows: int
    about: str = ""

    @property
    def id(self) -> str:
        """What a reply to this question is kept under."""
        return question_id(self.doubt, self.heading, self.about)


def question_id(doubt: Doubt, heading: str, about: str = "") -> str:
    """Give what a reply to a question is kept under.

    >>> question_id(Doubt.VALUE, "Klas", "brug")
    'waarde|Klas|brug'
    """
    return "|".join((doubt.value, heading, about))


def split_replies(told: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Take apart what the user told: links of headings, and replies to questions by their id.

    >>> split_replies({"Klas 2b": "role:leerjaar", question_id(Doubt.BLANK, "Sport"): "nee"})
    ({'Klas 2b': 'role:leerjaar'}, {'leeg|Sport|': 'nee'})
    """
    doubts = tuple(f"{doubt.value}|" for doubt in Doubt)
    replies = {key: reply for key, reply in told.items() if key.startswith(doubts) and key.count("|") > 1}
    return {key: target for key, target in told.items() if key not in replies}, replies


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the import could not read for certain, said in one Dutch sentence.

    ``cells`` are a few addresses in the file ("B7"); ``rows`` is how many cells it concerns. Where
    the user can settle it, ``question`` asks for it; ``message`` then says what holds until then.
    """

    severity: Severity
    message: str
    heading: str = ""
    rows: int = 0
    cells: tuple[str, ...] = ()
    question: Ambiguity | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Everything the user checks and confirms.

    ``schools``, ``years``, ``levels``, ``leerjaren`` and ``genders`` give labels with the number of
    rows; ``indicators_absent`` are subjects of the codebook that this export cannot give.
    """

    file_name: str
    kind: FileKind
    sheet: str
    header_row: int
    rows: int
    codebook: str
    recognised: tuple[LinkedColumn, ...]
    dropped: tuple[DroppedColumn, ...]
    unknown: tuple[UnknownColumn, ...]
    problems: tuple[Problem, ...]
    schools: Mapping[str, int]
    years: Mapping[str, int]
    levels: Mapping[str, int]
    leerjaren: Mapping[str, int]
    genders: Mapping[str, int]
    indicators_present: tuple[str, ...]
    indicators_absent: tuple[str, ...]

    @property
    def questions(self) -> tuple[Ambiguity, ...]:
        """What the user is asked about this export; each question once."""
        asked = {problem.question.id: problem.question for problem in self.problems if problem.question}
        return tuple(asked.values())


@dataclass(frozen=True, slots=True)
class Response:
    """How many pupils of an export count for one subject, and why others do not (exact, confidential).

    ``empty`` did not answer, ``unread`` gave something that was not understood, ``left_out`` an
    answer that does not count ("weet ik niet"), ``too_few`` too few of the questions of a scale.
    """

    indicator: IndicatorId
    asked: int
    answered: int
    empty: int = 0
    unread: int = 0
    left_out: int = 0
    too_few: int = 0
