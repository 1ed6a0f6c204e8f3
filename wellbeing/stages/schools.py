"""Names of schools in one export: the same school written twice, renamed, or in two regions. Asked, never merged."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations
from types import MappingProxyType

import pandas as pd
from rapidfuzz import fuzz

from wellbeing.model.imports import Ambiguity, Doubt, Problem, Severity, question_id
from wellbeing.model.reference import Role
from wellbeing.model.survey import Answers, RawTable

NOBODY: Mapping[str, str] = MappingProxyType({})
SAME, OTHER = "dezelfde", "andere"
CLOSE = 88  # how alike (0-100) two names are that may be one school
WORD_CLOSE = 75
MOST_PAIRS = 20
NAMED = 3
TOLD_FROM = 5  # fewer pupils at one place are not counted out: the remark can be kept as a file

REGION_HEADINGS = frozenset(
    ["regio", "ggdregio", "ggdregioschool", "regioschool", "gemeente", "gemeenteschool", "gemeentevandeschool"]
)
_SHORT = {
    "coll": "college",
    "lyc": "lyceum",
    "gym": "gymnasium",
    "chr": "christelijk",
    "chr college": "christelijk college",
    "prot": "protestants",
    "kath": "katholiek",
    "rk": "katholiek",
    "openb": "openbaar",
    "sg": "scholengemeenschap",
    "osg": "openbare scholengemeenschap",
    "csg": "christelijke scholengemeenschap",
    "rsg": "regionale scholengemeenschap",
    "ksg": "katholieke scholengemeenschap",
    "st": "sint",
    "loc": "locatie",
    "vest": "vestiging",
    "prakt": "praktijkschool",
}
_PLAIN_WORDS = frozenset(["de", "het", "t", "een", "van", "school", "locatie", "vestiging"])
_SIGNS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d{2}[A-Z]{2}(?:[-|]?\d{2})?")  # the official number of a school, with its location


def settle_schools(answers: Answers, replies: Mapping[str, str] = NOBODY) -> tuple[Answers, tuple[Problem, ...]]:
    """Write each school one way, as far as that is certain or replied, and ask about the rest.

    Names that differ in capitals, spaces and signs only are one school, and that is told. Names
    that are nearly alike, and a school that is in one year only while another is in the next only,
    are asked about with the number of pupils; until then they are two schools.
    """
    if Role.SCHOOL not in answers.frame:
        return answers, ()
    counts = _counts(answers.frame[Role.SCHOOL])
    spelled = _one_spelling(counts)
    problems = [_told(name, counts[name], spelled[name]) for name in counts if spelled[name] != name]
    names = _counts(answers.frame[Role.SCHOOL].map(spelled))
    years = _years(answers, spelled)
    for one, other in _pairs(names, years):
        reply = replies.get(question_id(Doubt.SCHOOL, "", f"{one} / {other}"))
        if reply == SAME:
            spelled = {name: one if chosen == other else chosen for name, chosen in spelled.items()}
        elif reply is None:
            problems.append(_asked((one, other), names, years))
    return _renamed(answers, spelled), tuple(problems)


def check_regions(table: RawTable, answers: Answers) -> tuple[Problem, ...]:
    """Report schools of which pupils stand in more than one region or municipality, where the export tells it."""
    if Role.SCHOOL not in answers.frame:
        return ()
    problems = []
    for position, column in enumerate(table.columns):
        if _SIGNS.sub("", column.heading.casefold()) not in REGION_HEADINGS:
            continue
        regions = table.frame.iloc[:, position].replace(dict(column.value_labels))
        for school, of_school in regions[regions != ""].groupby(answers.frame[Role.SCHOOL]):
            counts = of_school.value_counts()
            if len(counts) > 1:
                problems.append(_in_two_regions(str(school), column.heading, counts))
    return tuple(problems)


def check_levels(answers: Answers) -> tuple[Problem, ...]:
    """Report schools that have another level in one year than in another."""
    frame = answers.frame
    if not {Role.SCHOOL, Role.YEAR, Role.LEVEL} <= set(frame.columns):
        return ()
    labels = answers.labels.get(Role.LEVEL, {})
    known = frame.dropna(subset=[Role.SCHOOL, Role.YEAR, Role.LEVEL])
    problems = []
    for school, rows in known.groupby(Role.SCHOOL):
        levels = {str(year): set(part[Role.LEVEL]) for year, part in rows.groupby(Role.YEAR)}
        common = set.intersection(*levels.values())
        if len(levels) > 1 and any(own != common for own in levels.values()):
            told = "; ".join(
                f"{year}: {', '.join(sorted(labels.get(key, key) for key in own))}" for year, own in levels.items()
            )
            sentence = f"{school} heeft niet elk schooljaar dezelfde niveaus ({told}). Klopt dat met wat u weet?"
            problems.append(Problem(Severity.CHECK, sentence, rows=len(rows)))
    return tuple(problems)


# --------------------------------------------------------------------------- one school, more names


def _counts(names: pd.Series) -> dict[str, int]:
    return {str(name): int(times) for name, times in names.value_counts().items()}


def _one_spelling(counts: Mapping[str, int]) -> dict[str, str]:
    """Give per name the commonest of the names that differ from it only in capitals, spaces and signs."""
    commonest: dict[str, str] = {}
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        commonest.setdefault(_as_written(name), name)
    return {name: commonest[_as_written(name)] for name in counts}


def _as_written(name: str) -> str:
    return _SIGNS.sub(" ", unicodedata.normalize("NFC", name).casefold()).strip()


def _words(name: str) -> list[str]:
    """Give the words that tell one school from another: without accents, and written in full."""
    words = " ".join(_SHORT.get(word, word) for word in _SIGNS.sub(" ", _bare(name)).split()).split()
    return [word for word in words if word not in _PLAIN_WORDS] or words


def _bare(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(sign))


def _pairs(names: Mapping[str, int], years: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    """Give the pairs of names that may be one school, the commonest name first."""
    ordered = sorted(names, key=lambda name: (-names[name], name))
    alike = [pair for pair in combinations(ordered, 2) if _is_near(*pair)] + _numbered(ordered)
    return (alike or _renamed_pair(ordered, years))[:MOST_PAIRS]


def _numbered(names: Iterable[str]) -> list[tuple[str, str]]:
    """Give the one name that is the number of a school, with each of the few names that it may be the number of."""
    told = {name: bool(_NUMBER.fullmatch(name)) for name in names}
    numbers, others = [[name for name in told if told[name] is kind] for kind in (True, False)]
    return [(name, numbers[0]) for name in others] if len(numbers) == 1 and len(others) <= NAMED else []


def _is_near(one: str, other: str) -> bool:
    """Say whether two names may be one school: other numbers or other words make it another school."""
    if _SIGNS.sub("", _bare(one)) == _SIGNS.sub("", _bare(other)):
        return True  # the same letters, with a space or an accent in another place
    first, second = _words(one), _words(other)
    if {word for word in first if word.isdigit()} != {word for word in second if word.isdigit()}:
        return False
    if not set(first) - set(second) or not set(second) - set(first):
        return True  # one name is the other with a place or an addition
    left, right = sorted(set(first) - set(second)), sorted(set(second) - set(first))
    matched = len(left) == len(right) and all(
        max(fuzz.ratio(word, candidate) for candidate in right) >= WORD_CLOSE for word in left
    )
    return matched and fuzz.token_sort_ratio(" ".join(first), " ".join(second)) >= CLOSE - 2 * len(first)


def _years(answers: Answers, spelled: Mapping[str, str]) -> dict[str, set[str]]:
    frame = answers.frame
    if Role.YEAR not in frame:
        return {}
    names = frame[Role.SCHOOL].map(spelled)
    return {str(name): set(of_school.dropna()) for name, of_school in frame[Role.YEAR].groupby(names)}


def _renamed_pair(names: Iterable[str], years: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    """Give the one school that stopped and the one that began, where it is one of each."""
    everything = set().union(*years.values())
    if len(everything) < 2:
        return []
    first, last = min(everything), max(everything)
    gone = [name for name in names if first in years.get(name, ()) and last not in years[name]]
    new = [name for name in names if last in years.get(name, ()) and first not in years[name]]
    return [(new[0], gone[0])] if len(gone) == len(new) == 1 else []


def _renamed(answers: Answers, spelled: Mapping[str, str]) -> Answers:
    if all(name == chosen for name, chosen in spelled.items()):
        return answers
    frame = answers.frame.assign(**{Role.SCHOOL.value: answers.frame[Role.SCHOOL].map(spelled).astype("object")})
    kept = dict.fromkeys(spelled.values())
    labels = {**answers.labels, Role.SCHOOL: {name: answers.labels[Role.SCHOOL].get(name, name) for name in kept}}
    return replace(answers, frame=frame, labels=labels)


# --------------------------------------------------------------------------- remarks


def _told(name: str, times: int, chosen: str) -> Problem:
    sentence = f"De school '{name}' is gelezen als '{chosen}': alleen hoofdletters, spaties of leestekens verschillen."
    return Problem(Severity.NOTE, sentence, rows=times)


def _asked(pair: tuple[str, str], counts: Mapping[str, int], years: Mapping[str, set[str]]) -> Problem:
    one, other = pair
    told = [
        f"'{name}' ({counts[name]} leerlingen{', ' + ' en '.join(sorted(years[name])) if years.get(name) else ''})"
        for name in pair
    ]
    ask = Ambiguity(
        Doubt.SCHOOL,
        "",
        f"Zijn {told[0]} en {told[1]} dezelfde school?",
        ((SAME, f"Ja, allebei '{one}'"), (OTHER, "Nee, het zijn twee scholen")),
        counts[other],
        about=f"{one} / {other}",
    )
    sentence = f"De namen '{one}' en '{other}' kunnen één school zijn. Tot u dat zegt, zijn het twee scholen."
    return Problem(Severity.CHECK, sentence, rows=counts[other], question=ask)


def _in_two_regions(school: str, heading: str, counts: pd.Series) -> Problem:
    by_region: Counter[str] = Counter({str(name): int(times) for name, times in counts.items()})
    told = ", ".join(
        f"{name}: {times if times >= TOLD_FROM else f'minder dan {TOLD_FROM}'}"
        for name, times in by_region.most_common(NAMED)
    )
    fewer = by_region.total() - by_region.most_common(1)[0][1]
    sentence = f"Leerlingen van {school} staan bij meer dan één waarde van '{heading}' ({told}). Kijk na wat klopt."
    return Problem(Severity.CHECK, sentence, heading=heading, rows=fewer)
