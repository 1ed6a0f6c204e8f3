"""Many schools: a bad one does not stop the rest, nothing is half written, and work can be continued."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pptx
import pytest
from pptx.util import Inches

from tests.builders import DATA, TOTAL, benchmark, cell, codebook, indicator, measurement, place, question
from wellbeing import batch, pipeline
from wellbeing.__main__ import main
from wellbeing.batch import Archive, Folder, Order, Outcome, State, file_stems, make_reports
from wellbeing.model.report import Format, Variant
from wellbeing.model.results import Measurement

DAY = dt.date(2026, 3, 9)
BOOK = codebook([indicator("a", catalogue_themes=("bewegen",))], [question("a")])
REGION = benchmark({place(): cell({"a": (300, 1000)})})


def school(name: str, cases: int = 60) -> Measurement:
    return measurement({TOTAL: {"a": (cases, 200)}}, school=name)


def run(folder: Path, *schools: Measurement, **changes: object) -> list[Outcome]:
    reference = replace(pipeline.load_reference(), codebooks=(BOOK,))
    order = replace(Order(Folder(folder), (Format.PDF,), DAY), **changes)
    return list(make_reports(schools, REGION, reference, order))


def test_every_school_gets_its_files(tmp_path: Path) -> None:
    outcomes = run(tmp_path, school("De Werf"), school("Het Baken"), formats=tuple(Format))
    assert [item.state for item in outcomes] == [State.MADE, State.MADE]
    assert {name for item in outcomes for name in item.files} == {path.name for path in tmp_path.iterdir()}
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"schoolrapport-{name}-bovenbouw-2025-2026.{kind}"
        for name in ("de-werf", "het-baken")
        for kind in ("docx", "pdf", "pptx", "xlsx")
    ]


def test_one_bad_school_is_named_and_does_not_stop_the_rest(tmp_path: Path) -> None:
    bad = replace(school("Kapot"), codebook="bestaat niet")
    outcomes = run(tmp_path, school("De Werf"), bad, school("Het Baken"))
    assert [(item.school, item.state) for item in outcomes] == [
        ("De Werf", State.MADE),
        ("Kapot", State.FAILED),
        ("Het Baken", State.MADE),
    ]
    assert outcomes[1].why == "Er ging iets mis in het programma (KeyError)."
    assert len(list(tmp_path.iterdir())) == 2


def test_work_that_was_broken_off_is_continued(tmp_path: Path) -> None:
    run(tmp_path, school("De Werf"))
    (made,) = tmp_path.iterdir()
    made.write_bytes(b"er al")
    outcomes = run(tmp_path, school("De Werf"), school("Het Baken"))
    assert [item.state for item in outcomes] == [State.THERE, State.MADE]
    assert made.read_bytes() == b"er al"
    run(tmp_path, school("De Werf"), overwrite=True)
    assert made.read_bytes().startswith(b"%PDF")


def test_breaking_off_while_writing_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_off(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", broken_off)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, school("De Werf"))
    assert list(tmp_path.iterdir()) == []


def test_whoever_looks_on_can_stop_after_any_school(tmp_path: Path) -> None:
    reference = replace(pipeline.load_reference(), codebooks=(BOOK,))
    outcomes = make_reports([school("A"), school("B")], REGION, reference, Order(Folder(tmp_path), (Format.PDF,), DAY))
    assert next(outcomes).school == "A"
    outcomes.close()  # type: ignore[attr-defined]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_school_without_a_figure_to_share_is_named_and_gets_no_file(tmp_path: Path) -> None:
    few = measurement({TOTAL: {"a": (15, 40)}}, school="Klein")
    outcomes = run(tmp_path, school("De Werf"), few, variant=Variant.SHARED, formats=tuple(Format))
    assert [(item.school, item.state, len(item.files)) for item in outcomes] == [
        ("De Werf", State.MADE, 4),
        ("Klein", State.TOO_FEW, 0),
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"deelversie-de-werf-bovenbouw-2025-2026.{kind}" for kind in ("docx", "pdf", "pptx", "xlsx")
    ]


def test_names_that_look_alike_get_a_number_and_none_leaves_the_folder() -> None:
    names = ["De Werf", "de werf!", "../../etc", "学校", "=1+1"]
    assert file_stems([school(name) for name in names], Variant.FULL) == [
        "schoolrapport-de-werf-bovenbouw-2025-2026",
        "schoolrapport-de-werf-bovenbouw-2025-2026-nr2",
        "schoolrapport-etc-bovenbouw-2025-2026",
        "schoolrapport-school-bovenbouw-2025-2026",
        "schoolrapport-1-1-bovenbouw-2025-2026",
    ]


def test_an_archive_holds_the_same_files_with_the_day_of_the_reports(tmp_path: Path) -> None:
    run(tmp_path, school("De Werf"), school("Het Baken"))
    archive = Archive(DAY)
    assert [item.state for item in run(tmp_path, school("De Werf"), place=archive)] == [State.MADE]
    outcomes = run(tmp_path, school("De Werf"), school("Het Baken"), place=archive)
    assert [item.state for item in outcomes] == [State.THERE, State.MADE]
    with zipfile.ZipFile(io.BytesIO(archive.zipped())) as zipped:
        assert {item.filename: zipped.read(item) for item in zipped.infolist()} == {
            path.name: path.read_bytes() for path in tmp_path.iterdir()
        }
        assert {item.date_time for item in zipped.infolist()} == {(2026, 3, 9, 0, 0, 0)}


# --------------------------------------------------------------------------- on the command line


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("regio") / "regio.xlsx"
    assert main(["benchmark", str(DATA / "demo" / "regio-2024-2025.xlsx"), "--out", str(out)]) == 0
    return str(out)


def report(region: str, out: Path, *arguments: str) -> int:
    export = str(DATA / "demo" / "het-baken-2025-2026.xlsx")
    return main(["report", export, "--benchmark", region, "--out", str(out), "--date", "2026-03-09", *arguments])


def test_the_command_line_makes_reports_of_both_populations(
    region: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(region, tmp_path / "nieuw", "--all", "--format", "pdf,xlsx") == 0
    assert len(list((tmp_path / "nieuw").iterdir())) == 4
    assert report(region, tmp_path / "nieuw", "--school", "het baken", "--bouw", "bovenbouw") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Het Baken, bovenbouw: gemaakt.",
        "Het Baken, onderbouw: gemaakt.",
        "Het Baken, bovenbouw: stond er al.",
    ]


@pytest.mark.parametrize(
    ("variant", "stem"),
    [("volledig", "schoolrapport"), ("een-a4", "schoolrapport-in-het-kort"), ("delen", "deelversie")],
)
def test_the_command_line_makes_each_variant(region: str, tmp_path: Path, variant: str, stem: str) -> None:
    assert report(region, tmp_path, "--school", "het baken", "--bouw", "bovenbouw", "--variant", variant) == 0
    assert [path.name for path in tmp_path.iterdir()] == [f"{stem}-het-baken-bovenbouw-2025-2026.pdf"]


def test_the_command_line_uses_a_house_style_for_the_slides(region: str, tmp_path: Path) -> None:
    house = pptx.Presentation()
    house.slide_width = Inches(12)
    house.save(tmp_path / "huisstijl.pptx")
    out = tmp_path / "uit"
    arguments = ("--all", "--bouw", "bovenbouw", "--format", "pptx", "--template", str(tmp_path / "huisstijl.pptx"))
    assert report(region, out, *arguments) == 0
    (made,) = out.iterdir()
    assert pptx.Presentation(str(made)).slide_width == Inches(12)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--all", "--format", "gif"], "Kies bij --format uit pdf, pptx, xlsx en docx"),
        (["--all", "--date", "9 maart"], "Schrijf de datum bij --date als 2026-03-09"),
        (["--school", "Nergens"], "De school 'Nergens' staat niet in dit bestand. Er staat wel: Het Baken."),
        (["--all", "--format", "pptx", "--template", "bestaat-niet.pptx"], "bestaat-niet.pptx is niet te openen"),
        (["--all", "--template", str(DATA / "demo" / "het-baken-2025-2026.xlsx")], "Dit is geen PowerPoint-bestand"),
        (["--all", "--variant", "kort"], "Deze opdracht is niet compleet"),
        (["--format", "pdf"], "Deze opdracht is niet compleet"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    region: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert report(region, tmp_path, *arguments) == 2
    assert said in capsys.readouterr().err


def test_the_command_line_names_the_school_that_failed(
    region: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(path: Path, data: bytes) -> None:
        raise OSError(28, "geen ruimte")

    monkeypatch.setattr(batch, "_write_whole", never)
    assert report(region, tmp_path, "--all") == 2
    assert "Niet gelukt bij Het Baken (bovenbouw) en Het Baken (onderbouw)." in capsys.readouterr().err
