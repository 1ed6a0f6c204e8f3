"""The set-up: one command starts everything, settings protect, and the repository holds what it may hold."""

from __future__ import annotations

import ast
import datetime as dt
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import start
from tools import file_rules, overdue_reviews
from wellbeing.presentation import palette

ROOT = Path(__file__).parents[1]


# --------------------------------------------------------------------------- start.py


def as_if(setting: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run start.py on a machine that is pretended to be otherwise."""
    program = f"import runpy, sys, importlib.util as u; {setting}; runpy.run_path('start.py', run_name='__main__')"
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


def test_an_old_python_is_told_in_one_sentence() -> None:
    outcome = as_if("sys.version_info = (3, 8, 10)")
    assert outcome.returncode == 1
    assert outcome.stdout == ""
    assert outcome.stderr == "Dit programma heeft Python 3.11 of nieuwer nodig; u heeft 3.8.\n"


def test_an_old_python_can_read_up_to_that_sentence() -> None:
    source = (ROOT / "start.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 7))
    too_new = (ast.NamedExpr, ast.Match, ast.TryStar)
    assert not [node for node in ast.walk(tree) if isinstance(node, too_new)]
    before = tree.body[: next(n for n, node in enumerate(tree.body) if isinstance(node, ast.If))]
    modules = {alias.name for node in before if isinstance(node, ast.Import) for alias in node.names}
    assert modules
    assert "tomllib" not in modules  # new in 3.11
    assert {name.split(".")[0] for name in modules} <= sys.stdlib_module_names


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_in_one_sentence(module: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "start.py", tmp_path)
    for name in ("requirements.txt", "constraints.txt"):
        (tmp_path / name).write_text("")
    setting = f"find = u.find_spec; u.find_spec = lambda name: None if name == '{module}' else find(name)"
    program = f"import runpy, sys, importlib.util as u; {setting}; runpy.run_path('start.py', run_name='__main__')"
    command = [sys.executable, "-c", program]
    outcome = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert outcome.returncode == 1
    assert outcome.stderr.count("\n") == 1
    assert outcome.stderr.startswith("Python mist het onderdeel 'venv'.")
    assert not (tmp_path / ".venv").exists()


def test_requirements_are_installed_once_and_again_after_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(start, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(start, "PYTHON", tmp_path / ".venv" / "python")
    monkeypatch.setattr(start, "run", lambda command, _: commands.append(command))
    for name in ("requirements.txt", "constraints.txt"):
        Path(name).write_text("one==1\n")
    start.VENV.mkdir()
    start.PYTHON.touch()
    start.prepare("requirements.txt")
    assert [command[2] for command in commands] == ["venv", "pip"]
    start.prepare("requirements.txt")
    assert len(commands) == 2
    Path("constraints.txt").write_text("one==2\n")
    start.prepare("requirements.txt")
    assert [command[2] for command in commands] == ["venv", "pip", "venv", "pip"]


def test_no_free_port_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with start.socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(start, "PORTS", range(port, port + 1))
        with pytest.raises(SystemExit, match=f"poorten van {port} tot en met {port} zijn bezet"):
            start.free_port()


def test_check_runs_everything_and_names_what_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands: list[list[str]] = []

    def call(command: list[str]) -> int:
        commands.append(command)
        return 1 if "mypy" in command else 0

    monkeypatch.setattr(start.subprocess, "call", call)
    assert start.check(["-x"]) == 1
    assert len(commands) == 6
    assert [command[-1] for command in commands if "pytest" in command] == ["-x"]
    assert capsys.readouterr().out.splitlines()[-1] == "Niet goed: typen"


# --------------------------------------------------------------------------- settings


def test_settings_protect() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    server = settings["server"]
    assert server["address"] == "127.0.0.1"
    assert server["enableXsrfProtection"] is True
    assert server["enableCORS"] is True
    assert server["maxUploadSize"] == 25
    assert server["allowedHosts"] == ["localhost", "127.0.0.1"]
    assert server["enableStaticServing"] is False
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["client"]["showErrorLinks"] is False


def test_streamlit_knows_every_setting() -> None:
    command = [sys.executable, "-m", "streamlit", "config", "show"]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert "is not a valid config option" not in outcome.stdout + outcome.stderr
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for section in ("server", "browser", "client", "runner"):
        for name in settings[section]:
            assert re.search(rf"^{name} = ", outcome.stdout, re.MULTILINE), name


@pytest.mark.parametrize(("scheme", "colours"), [("light", palette.LIGHT), ("dark", palette.DARK)])
def test_the_theme_has_the_colours_of_the_charts(scheme: str, colours: palette.Palette) -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    assert "base" not in theme  # so that it follows the visitor
    assert theme[scheme]["backgroundColor"] == colours.surface
    assert theme[scheme]["textColor"] == colours.text
    assert theme[scheme]["blueColor"] == colours.favourable
    assert theme[scheme]["orangeColor"] == colours.unfavourable


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_background(scheme: str) -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][scheme]
    for background in ("backgroundColor", "secondaryBackgroundColor"):
        for colour in ("textColor", "linkColor"):
            assert contrast(theme[colour], theme[background]) >= 4.5, (colour, background)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_that_of_the_norm() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)  # the well-known grey that just fails


# --------------------------------------------------------------------------- packages


def listed(name: str) -> dict[str, Requirement]:
    """The packages of a requirements file, without its options and comments."""
    lines = (line.split("#")[0].strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines())
    requirements = [Requirement(line) for line in lines if line and not line.startswith("-")]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def needed(names: set[str]) -> Iterator[str]:
    """These packages and everything that they need on this machine."""
    seen: set[str] = set()
    queue = sorted(names)
    while queue:
        name = queue.pop()
        if name in seen:
            continue
        seen.add(name)
        yield name
        requirements = map(Requirement, metadata.requires(name) or [])
        queue += [
            canonicalize_name(requirement.name)
            for requirement in requirements
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        ]


def test_the_readable_list_names_the_packages() -> None:
    assert {"streamlit", "pandas", "plotly", "openpyxl", "pytest"} <= listed("requirements.txt").keys()
    assert (ROOT / "requirements.txt").read_text(encoding="utf-8").startswith("-c constraints.txt\n")


def test_every_package_is_pinned_with_all_that_it_needs() -> None:
    pinned = listed("constraints.txt")
    loose = [name for name, requirement in pinned.items() if not str(requirement.specifier).startswith("==")]
    assert not loose
    wanted = listed("requirements.txt").keys() | listed("requirements-dev.txt").keys()
    assert set(needed(wanted)) <= pinned.keys()


def test_the_hooks_use_the_pinned_ruff() -> None:
    versions = set(re.findall(r"ruff(==[\d.]+)", (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")))
    assert versions == {str(listed("constraints.txt")["ruff"].specifier)}


# --------------------------------------------------------------------------- the repository


def repository() -> list[str]:
    """Every file that is or would be committed."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    return sorted(name for name in outcome.stdout.split("\0") if name and (ROOT / name).is_file())


def test_no_data_file_stands_where_pupils_could_slip_in() -> None:
    assert list(file_rules.misplaced(repository())) == []


def test_tables_open_in_excel() -> None:
    assert list(file_rules.crooked(repository(), ROOT)) == []


@pytest.mark.parametrize("name", ["export.xlsx", "data/Export.SAV", "docs/cijfers.csv", "data/demonstratie/a.parquet"])
def test_the_hook_refuses_data_files_elsewhere(name: str) -> None:
    assert len(list(file_rules.misplaced([name]))) == 1


@pytest.mark.parametrize("name", ["data/demo/regio.xlsx", "tests/intake/a.csv", "README.md", "data/policy.toml"])
def test_the_hook_lets_the_rest_pass(name: str) -> None:
    assert list(file_rules.misplaced([name])) == []


@pytest.mark.parametrize("content", [b"id;naam\r\n1;caf\xe9\r\n", b"id;naam\r\n1\r\n", b""])
def test_the_hook_refuses_a_table_that_excel_would_spoil(content: bytes, tmp_path: Path) -> None:
    table = tmp_path / "data" / "codebooks" / "x" / "questions.csv"
    table.parent.mkdir(parents=True)
    table.write_bytes(content)
    assert len(list(file_rules.crooked(["data/codebooks/x/questions.csv"], tmp_path))) == 1


def test_no_file_names_a_package_index_or_a_machine() -> None:
    hosts = [
        r"\.".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("debian", "org"))
    ]
    forbidden = re.compile("|".join([*hosts, r"(?<![\w.])/" + "work/", r"(?<![\w.])/" + "root/"]).encode())
    assert [name for name in repository() if forbidden.search((ROOT / name).read_bytes())] == []


def test_links_in_the_documents_lead_somewhere() -> None:
    documents = [name for name in repository() if name.endswith(".md")]
    links = [
        (name, link) for name in documents for link in re.findall(r"\]\(([^)#]+)", (ROOT / name).read_text("utf-8"))
    ]
    local = [(name, link) for name, link in links if not link.startswith("http")]
    assert local
    assert [(name, link) for name, link in local if not (ROOT / name).parent.joinpath(link).exists()] == []


def test_overdue_reviews_are_found_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "late.toml").write_text("[owned]\nnext_review = 2025-01-02\n[[x]]\nnext_review = 2024-05-06\n")
    (tmp_path / "fine.toml").write_text("next_review = 2026-01-01\n")
    (tmp_path / "table.csv").write_text("id;next_review\na;2025-03-04\nb;2026-01-01\n")
    (tmp_path / "undated.csv").write_text("id;naam\na;b\n")
    lines = list(overdue_reviews.overdue(tmp_path, dt.date(2026, 1, 1)))
    assert len(lines) == 2
    assert lines[1].endswith("table.csv: 1 keer opnieuw te bekijken, de oudste sinds 2025-03-04.")
    assert lines[0].endswith("late.toml: 2 keer opnieuw te bekijken, de oudste sinds 2024-05-06.")
