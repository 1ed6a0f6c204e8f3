"""Measure the Dutch that people read: how long sentences are, how easy they read, and which words are never used.

``python -m tools.language`` prints the figures per source and the longest sentences. What is measured, with which
formula, and what that does not say, stands in ``docs/adr/0022-language-measured.md``.
"""

from __future__ import annotations

import ast
import csv
import re
import statistics
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyphen

FILLED_IN = "7"  # what stands for a number, name or word that is filled in later: one short word

CODE = ("wellbeing", "pages")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "checklist.csv": ("question",),
    "inspiratiekaart.csv": ("description", "remark", "not_proposed_because"),
    "packages.csv": ("action",),
    "programmes.csv": ("description", "remark", "not_proposed_because"),
    "reached_less.csv": ("who", "helps"),
    "steps.csv": ("what", "remark"),
    "theme_weeks.csv": ("usually",),
    "themes.csv": ("question", "caution", "lesson_remark"),
}
"""The columns that people read; names of programmes and words of a source are not ours to write."""

KEYS = ("sentence", "why_it_matters", "caution", "notice", "question_for_talk")
GUIDE = Path("docs", "handleiding.md")
ENGLISH = frozenset({"the", "and", "with", "not", "must", "has", "are", "where", "when", "for", "from", "this", "only"})
NEVER = (
    r"significant\w*",
    r"p-waarde\w*",
    r"indicator(?:en)?",
    r"dossiers?",
    r"slechter dan",
    r"respondent(?:en)?",
    r"populaties?",
    r"betrouwbaarheidsinterval\w*",
    r"correlaties?",
    r"steekproe(?:f|ven)",
    r"desalniettemin",
    r"derhalve",
    r"teneinde",
    r"middels",
    r"tevens",
    r"reeds",
    r"thans",
    r"alsmede",
    r"aangaande",
    r"omtrent",
    r"inzake",
    r"betreffende",
    r"conform",
    r"dienen te",
    r"dient te",
    r"ten behoeve van",
    r"met betrekking tot",
    r"ten aanzien van",
    r"geïmplementeerd",
    r"implement(?:eren|atie)",
    r"faciliteren",
    r"stakeholders?",
)
PASSIVE = re.compile(r"\b(?:wordt|worden|werd|werden)\b", re.IGNORECASE)
LONG_WORD = 5  # syllables
_WORD = re.compile(r"[^\W_]+(?:['’.,\-/][^\W_]+)*")
_END = re.compile(r"(?<=[.!?])[\"')*]*\s+|\n+")
_PATTERN = re.compile(r"[|\\^$]")  # only a pattern for reading files has these
_SHORT = re.compile(r"\b(bijv|bv|nr|blz|o\.a|d\.w\.z|enz|ca)\.\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence that people read, without its layout, and the file that it stands in."""

    words: str
    where: str

    @property
    def length(self) -> int:
        """How many words it has."""
        return len(words_in(self.words))


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of sentences: lengths in words, shares between 0 and 1, and Flesch-Douma (high is easy)."""

    sentences: int
    mean: float
    median: float
    longest: int
    passive: float
    long_words: float
    ease: float


# --------------------------------------------------------------------------- measuring


def words_in(text: str) -> list[str]:
    """Give the words of a text; a compound with a hyphen is one word.

    >>> words_in("Dat is 1.200 keer, op de GGD-site.")
    ['Dat', 'is', '1.200', 'keer', 'op', 'de', 'GGD-site']
    """
    return _WORD.findall(text)


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl_NL", left=1, right=1)


def syllables(word: str) -> int:
    """Count syllables as places where the word may be broken, plus one.

    >>> [syllables(word) for word in ("school", "leerlingen", "gezondheidsmonitor")]
    [1, 3, 6]
    """
    return len(_hyphens().positions(word.lower())) + 1


def ease(sentences: Sequence[str]) -> float:
    """Give the Flesch-Douma score: 206.84 - 0.93 words per sentence - 77 syllables per word."""
    words = [word for sentence in sentences for word in words_in(sentence)]
    return 206.84 - 0.93 * len(words) / len(sentences) - 77 * sum(map(syllables, words)) / len(words)


def measure(sentences: Sequence[Sentence]) -> Measured:
    """Measure sentences together."""
    lengths = [sentence.length for sentence in sentences]
    words = [word for sentence in sentences for word in words_in(sentence.words)]
    return Measured(
        sentences=len(lengths),
        mean=statistics.fmean(lengths),
        median=statistics.median(lengths),
        longest=max(lengths),
        passive=sum(PASSIVE.search(sentence.words) is not None for sentence in sentences) / len(lengths),
        long_words=sum(syllables(word) >= LONG_WORD for word in words) / len(words),
        ease=ease([sentence.words for sentence in sentences]),
    )


def never_used(text: str) -> list[str]:
    """Give the words in a text that we never use."""
    return [found.group() for pattern in NEVER for found in re.finditer(rf"\b{pattern}\b", text, re.IGNORECASE)]


# --------------------------------------------------------------------------- finding what people read


def everything(root: Path) -> dict[str, list[Sentence]]:
    """Give every sentence that people read, per source."""
    return {
        "screens and reports": list(of_code(root)),
        "catalogue": list(of_tables(root / "data" / "interventions")),
        "codebooks": list(of_codebooks(root / "data" / "codebooks")),
        "manual": list(of_markdown(root / GUIDE)),
    }


def sentences_of(text: str, where: str) -> Iterator[Sentence]:
    """Split a text where a sentence or a line ends, never at a colon; one or two words are a label, no sentence."""
    plain = _SHORT.sub(r"\1 ", _without_layout(text))
    for part in _END.split(plain):
        if len(words_in(part)) > 2:
            yield Sentence(" ".join(part.split()), where)


def _without_layout(text: str) -> str:
    text = re.sub(r"<(?:br|/p|/li|/h\d|/summary)[^>]*>", "\n", text)
    text = re.sub(r"`[^`]*`", FILLED_IN, text)
    text = re.sub(r"<[^>]*>|:material/\w+:", " ", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"https?://\S+", FILLED_IN, text)
    text = re.sub(r"\{[^}]*\}", FILLED_IN, text)
    return text.replace("**", "").replace("&shy;", "").replace("&nbsp;", " ")


def of_code(root: Path) -> Iterator[Sentence]:
    """Give the sentences in the constants of the program; notes for programmers are English and are left out."""
    for folder in CODE:
        for path in sorted((root / folder).rglob("*.py")):
            where = str(path.relative_to(root))
            for text in _constants(ast.parse(path.read_text(encoding="utf-8"))):
                if _is_for_people(text):
                    yield from sentences_of(text, where)


def labels(root: Path) -> Iterator[tuple[str, str]]:
    """Give every text of more words in the program that is not English, with its file: labels and headings as well."""
    for folder in CODE:
        for path in sorted((root / folder).rglob("*.py")):
            for text in _constants(ast.parse(path.read_text(encoding="utf-8"))):
                words = words_in(_without_layout(text))
                if len(words) > 1 and not _PATTERN.search(text) and not {word.lower() for word in words} & ENGLISH:
                    yield text, str(path.relative_to(root))


def _constants(tree: ast.Module) -> Iterator[str]:
    """Give every text constant, an f-string as one text; no docstrings, and nothing inside an f-string twice."""
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(_part(value) for value in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes | parts:
            yield node.value


def _part(value: ast.expr) -> str:
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else FILLED_IN


def _is_for_people(text: str) -> bool:
    """Whether a constant is a Dutch sentence: it ends as one, has several words, and none that only English has."""
    plain = _without_layout(text).strip()
    words = {word.lower() for word in words_in(plain)}
    return plain.endswith((".", "?", "!", ":")) and len(words) > 2 and not words & ENGLISH and "=" not in plain


def of_tables(folder: Path) -> Iterator[Sentence]:
    """Give the sentences in the tables of what a school can do."""
    for name, columns in COLUMNS.items():
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file, delimiter=";"):
                for column in columns:
                    yield from sentences_of(row.get(column) or "", f"data/interventions/{name}")


def of_codebooks(folder: Path) -> Iterator[Sentence]:
    """Give the sentences of the subjects; questions and answers are those of the questionnaire itself."""
    for path in sorted(folder.rglob("*.toml")):
        where = f"data/codebooks/{path.relative_to(folder).as_posix()}"
        for text in _named(tomllib.loads(path.read_text(encoding="utf-8-sig"))):
            yield from sentences_of(text, where)


def _named(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in KEYS and isinstance(value, str):
                yield value
            else:
                yield from _named(value)
    elif isinstance(data, list):
        for item in data:
            yield from _named(item)


def of_markdown(path: Path) -> Iterator[Sentence]:
    """Give the sentences of a document, without its code, tables, pictures and headings."""
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"^(?:#|\||!\[).*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^\s*(?:[-*]|\d+\.)\s+", "\n\n", text, flags=re.MULTILINE)
    for paragraph in re.split(r"\n\s*\n", text):
        yield from sentences_of(" ".join(paragraph.split()), path.name)


if __name__ == "__main__":
    for source, found in everything(Path(__file__).parents[1]).items():
        sys.stdout.write(f"{source}: {measure(found)}\n")
        for sentence in sorted(found, key=lambda item: -item.length)[: int(sys.argv[1]) if sys.argv[1:] else 5]:
            sys.stdout.write(f"  {sentence.length:3} {sentence.where}: {sentence.words}\n")
        for sentence in found:
            for word in never_used(sentence.words):
                sys.stdout.write(f"  nooit: {word} in {sentence.where}: {sentence.words}\n")
