"""The documents say what is so: links and pictures exist, commands are commands, limits are those of policy.toml."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wellbeing.__main__ import _parser

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 250_000
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "data").rglob("README.md")),
]
WITH_COMMANDS = [ROOT / "README.md", ROOT / "docs" / "opdrachtregel.md", ROOT / "data" / "codebooks" / "README.md"]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OPTIONAL = re.compile(r"\[([^\[\]]*)\]")

POLICY = tomllib.loads((ROOT / "data" / "policy.toml").read_text(encoding="utf-8"))
METHOD = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
QUOTES = [  # what docs/method.md says, with the key of each number
    "minstens **{limits.pupils}** leerlingen gaat, en minstens **{limits.cases}** van hen het wel en minstens "
    "**{limits.cases}** het niet",
    "zijn die grenzen **{stricter_limits.pupils}** leerlingen, en **{stricter_limits.cases}** wel en "
    "**{stricter_limits.cases}** niet",
    "Wie de regels kent, weet ook dat het er minstens {limits.cases} zijn",
    "liggen minder dan **{protection_interval}** leerlingen uit elkaar",
    "minder dan {limits.cases} leerlingen (strenger: {stricter_limits.cases})",
    "minstens **{benchmark.other_schools}** andere scholen en **{benchmark.pupils}** andere leerlingen",
    "gebruiken we vanaf **{benchmark.stratum_pupils}** leerlingen",
    "bij minstens {limits.pupils} leerlingen, {limits.cases} wel en {limits.cases} niet, en (als we de scholen kennen) "
    "{benchmark.other_schools} scholen",
    "minstens **{benchmark.shared_pupils}** leerlingen van minstens **{benchmark.shared_schools}** scholen, met "
    "minstens **{benchmark.shared_cases}** leerlingen wel en **{benchmark.shared_cases}** niet",
    "minstens **{verdict.points} procentpunt**, of **{verdict.points_for_rare}** als het vergelijkingscijfer onder de "
    "**{verdict.rare_below}%** ligt",
    "deed minder dan **{response.warn_below}** mee",
    "Onder **{response.no_labels_below}** tonen we",
    "altijd met minstens {verdict.points} procentpunt gemiddeld",
    "vanaf **{benchmark.funnel_schools}** scholen",
    "Hoogstens **{talking_points.most}** punten die goed gaan en **{talking_points.most}** om te bespreken",
    "bij minstens **{talking_points.common_from}%** van de leerlingen voorkomt",
    "bij minstens **{talking_points.common_from}%** voorkomt, zonder te verschillen: hoogstens "
    "**{talking_points.most}** thema's",
    "hoogstens **{suggestions_per_pillar}** suggesties per pijler",
    "meer dan **{recognition_years} jaar** geleden",
    "de gecorrigeerde p-waarde is hoogstens {verdict.false_discovery_rate}",
    "de gewone p-waarde is onder {verdict.alpha}",
    "{upper_from.vmbo} en bij havo en vwo in leerjaar {upper_from.havo}",
    "gemengde klas zonder vast niveau is dat leerjaar {upper_from.gemengd}",
]


# --------------------------------------------------------------------------- links and pictures


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    links = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (document.parent / link.split("#")[0]).exists()] == []


def test_the_readme_opens_with_the_school_profile() -> None:
    first = re.search(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert first is not None
    assert first.group(1) == "docs/pictures/schoolprofiel.png"


def test_every_picture_is_used_and_small() -> None:
    texts = "".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    pictures = sorted(PICTURES.iterdir())
    assert [path.name for path in pictures if f"pictures/{path.name})" not in texts] == []
    assert [path.name for path in pictures if path.stat().st_size > MOST_BYTES] == []


def test_every_picture_has_a_text_alternative() -> None:
    assert [path.name for path in DOCUMENTS if "![](" in path.read_text(encoding="utf-8")] == []


# --------------------------------------------------------------------------- commands


def commands(document: Path) -> Iterator[str]:
    """Give every command of the code blocks, with its further lines."""
    for block in BLOCK.findall(document.read_text(encoding="utf-8")):
        joined = re.sub(r"\n\s+", " ", block)
        yield from (line.split("  #")[0].strip() for line in joined.splitlines() if line.startswith("python"))


def forms(command: str) -> Iterator[str]:
    """Give a command as short and as long as it may be, with each of the words one may choose from."""
    for text in (OPTIONAL.sub("", command), OPTIONAL.sub(r"\1", command)):
        choices = [word for word in text.split() if "|" in word]
        for word in choices:
            for choice in word.split("|"):
                rest = " ".join(each.split("|")[0] for each in text.replace(word, choice).split())
                yield rest
        if not choices:
            yield text


OWN = [
    pytest.param(form.replace("...", ""), id=form[20:])
    for document in WITH_COMMANDS
    for command in commands(document)
    if " -m wellbeing " in command
    for form in dict.fromkeys(forms(command))
]


@pytest.mark.parametrize("command", OWN)
def test_every_command_is_one(command: str) -> None:
    words = shlex.split(command)
    assert callable(_parser().parse_args(words[3:]).command)


def test_a_command_that_is_none_is_noticed() -> None:
    assert list(forms("python -m wellbeing x [--by a|b] [--c]")) == [
        "python -m wellbeing x  ",
        "python -m wellbeing x --by a --c",
        "python -m wellbeing x --by b --c",
    ]


@pytest.mark.parametrize("document", WITH_COMMANDS[:2], ids=lambda path: path.name)
def test_every_command_and_option_is_described(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    found = dict(options(_parser()))
    checks = {"codebook check", "catalogue check"}
    assert {"benchmark", "compare", "suggest", "trend", "backup", "restore", "report", *checks} == set(found)
    assert [name for name in found if f"wellbeing {name}" not in text] == []
    missing = {name for names in found.values() for name in names if name not in text}
    assert missing == set()


def options(parser: Any, prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    """Give the long options of every command of a parser."""
    (choices,) = (action.choices for action in parser._actions if isinstance(action.choices, dict))
    for name, command in choices.items():
        if any(isinstance(action.choices, dict) for action in command._actions):
            yield from options(command, f"{prefix}{name} ")
            continue
        longs = [text for action in command._actions for text in action.option_strings if text.startswith("--")]
        yield f"{prefix}{name}", [text for text in longs if text != "--help"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_script_that_is_named_exists(document: Path) -> None:
    named = re.findall(r"python3? ([\w/.-]+\.py)", document.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).is_file()] == []


# --------------------------------------------------------------------------- limits


def limit(key: str) -> str:
    """Give a number of policy.toml as the document writes it: a part of pupils as 60%, another one with a comma."""
    value: Any = POLICY
    for name in key.split("."):
        value = value[name]
    if key.startswith("response."):
        return f"{value:.0%}"
    return str(value).replace(".", ",")


def filled(quote: str) -> str:
    return re.sub(r"\{([\w.-]+)\}", lambda match: limit(match.group(1)), quote)


def table_of_limits() -> list[tuple[str, str]]:
    rows = re.findall(r"^\| [^|]+ \| ([\d,%/]+) \| ([^|]+) \|$", METHOD, re.MULTILINE)
    return [(key, value) for value, keys in rows for key in re.findall(r"`([\w./-]+)`", keys)]


def keys_of(section: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """Give the keys of a part of policy.toml, those of parts inside it too."""
    for name, value in section.items():
        if isinstance(value, dict):
            yield from keys_of(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


def test_the_table_of_limits_is_policy_toml() -> None:
    assert {key: value for key, value in table_of_limits() if limit(key) != value} == {}


def test_the_table_of_limits_is_whole() -> None:
    found = sorted(keys_of({name: value for name, value in POLICY.items() if name != "owned"}))
    assert sorted(key for key, _ in table_of_limits()) == found


@pytest.mark.parametrize("quote", QUOTES)
def test_the_text_says_the_limits(quote: str) -> None:
    assert filled(quote) in " ".join(METHOD.split())


def test_no_limit_in_bold_goes_unchecked() -> None:
    text = " ".join(METHOD.split())
    for quote in QUOTES:
        text = text.replace(filled(quote), "")
    assert [bold for bold in re.findall(r"\*\*[^*]+\*\*", text) if re.search(r"\d", bold)] == []


# --------------------------------------------------------------------------- records


def test_records_are_numbered_and_have_their_parts() -> None:
    records = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [path.name[:4] for path in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    parts = ("Status: ", "## Context", "## Decision", "## Consequences", "## Alternatives")
    wanted = {path.name: [part for part in parts if part not in path.read_text("utf-8")] for path in records}
    assert {name: missing for name, missing in wanted.items() if missing} == {}
    assert [path.name for path in records if not path.read_text("utf-8").startswith(f"# {path.name[:4]}. ")] == []
