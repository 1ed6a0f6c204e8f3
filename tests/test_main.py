"""The command line: what it writes, what it refuses, and that it never leaves half a file."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from wellbeing.__main__ import main
from wellbeing.export.content import content_workbook
from wellbeing.reference.content import load_content

DEMO = Path(__file__).resolve().parent.parent / "data" / "demo"
REGION, SCHOOL = str(DEMO / "regio-2024-2025.xlsx"), str(DEMO / "het-baken-2025-2026.xlsx")


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    out = tmp_path_factory.mktemp("regio") / "regio.xlsx"
    assert main(["benchmark", REGION, "--out", str(out), "--region", "GGD Zandkust"]) == 0
    return out


@pytest.fixture(scope="module")
def figures(region, tmp_path_factory):
    out = tmp_path_factory.mktemp("cijfers") / "cijfers.csv"
    assert main(["compare", SCHOOL, "--benchmark", str(region), "--out", str(out), "--bouw", "bovenbouw"]) == 0
    return rows(out)


def test_each_indicator_has_a_row_per_comparator(figures):
    assert {row["comparator"] for row in figures} == {"regio", "eigen niveau", "verwacht"}
    per_indicator = {row["indicator"] for row in figures}
    assert len(figures) == 3 * len(per_indicator)
    assert {row["comparator_year"] for row in figures} == {"2024-2025"}
    assert {(row["group_by"], row["group"]) for row in figures} == {("school", "Het Baken")}


def test_a_hidden_row_has_only_names_and_the_reason(figures):
    hidden = [row for row in figures if not row["percentage"]]
    assert hidden  # suicidal thoughts are shown for the region only
    for row in hidden:
        empty = {name for name, value in row.items() if not value}
        assert empty == {
            "total", "percentage", "lower", "upper", "comparator_total", "comparator_percentage",
            "difference", "difference_lower", "difference_upper", "verdict",
        }  # fmt: skip
        assert row["hidden_reason"] in {"te weinig leerlingen", "gevoelig onderwerp", "niet getoond"}


def test_differences_are_rounded_minus_rounded(figures):
    compared = [row for row in figures if row["difference"]]
    assert compared
    for row in compared:
        assert int(row["difference"]) == int(row["percentage"]) - int(row["comparator_percentage"])


def test_groups_have_a_rounded_total_and_their_label(region, tmp_path):
    out = tmp_path / "geslacht.csv"
    arguments = ["compare", SCHOOL, "--benchmark", str(region), "--out", str(out), "--by", "geslacht"]
    assert main([*arguments, "--school", "het baken", "--bouw", "bovenbouw"]) == 0
    shown = [row for row in rows(out) if row["total"]]
    assert {"Jongen"} <= {row["group"] for row in shown} <= {"Jongen", "Meisje"}
    assert {row["comparator"] for row in shown} == {"regio"}
    assert all(int(row["total"]) % 5 == 0 for row in shown)


def test_unprotected_needs_a_name_that_says_so(region, tmp_path, capsys):
    arguments = ["compare", SCHOOL, "--benchmark", str(region), "--unprotected", "--out"]
    assert main([*arguments, str(tmp_path / "alles.csv")]) == 2
    assert "vertrouwelijk" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert main([*arguments, str(tmp_path / "alles-vertrouwelijk.csv")]) == 0


def test_unprotected_has_the_counts_and_the_labels_of_the_protected_file(region, tmp_path):
    protected, exact = tmp_path / "a.csv", tmp_path / "b-vertrouwelijk.csv"
    common = ["compare", SCHOOL, "--benchmark", str(region), "--bouw", "bovenbouw", "--out"]
    assert main([*common, str(protected)]) == 0
    assert main([*common, str(exact), "--unprotected"]) == 0
    for shown, full in zip(rows(protected), rows(exact), strict=True):
        assert (shown["indicator"], shown["comparator"], shown["verdict"]) == (
            full["indicator"],
            full["comparator"],
            full["verdict"],
        )
        assert 0 <= int(full["cases"]) <= int(full["total"])
        if shown["percentage"]:
            percentage = 100 * int(full["cases"]) / int(full["total"])
            assert abs(int(shown["percentage"]) - percentage) <= 0.5
            assert full["p_adjusted"]
        else:
            assert not full["p_adjusted"]


def test_suggestions_say_why(region, tmp_path):
    out = tmp_path / "suggesties.csv"
    arguments = ["suggest", SCHOOL, "--benchmark", str(region), "--school", "Het Baken", "--bouw", "bovenbouw"]
    assert main([*arguments, "--out", str(out)]) == 0
    written = rows(out)
    assert {row["pillar"] for row in written} == {"Beleid", "Schoolomgeving", "Educatie", "Signaleren"}
    assert all(row["reason"] and row["cause"] for row in written)
    assert all(row["source"] and row["checked_on"] and row["recognition"] for row in written if row["id"])


def test_a_shareable_benchmark_opens_and_holds_no_small_count(tmp_path):
    out = tmp_path / "deelbaar.xlsx"
    assert main(["benchmark", REGION, "--out", str(out), "--shareable"]) == 0
    figures = tmp_path / "cijfers.csv"
    arguments = ["compare", SCHOOL, "--benchmark", str(out), "--bouw", "bovenbouw", "--out", str(figures)]
    assert main(arguments) == 0
    compared = [row for row in rows(figures) if row["comparator_total"]]
    assert compared
    assert all(int(row["comparator_total"]) >= 100 for row in compared)


def test_the_same_year_is_the_region_without_the_school(tmp_path):
    region, out = tmp_path / "regio.xlsx", tmp_path / "cijfers-vertrouwelijk.csv"
    assert main(["benchmark", str(DEMO / "regio-2025-2026.xlsx"), "--out", str(region)]) == 0
    common = ["--benchmark", str(region), "--bouw", "bovenbouw", "--unprotected", "--out", str(out)]
    assert main(["compare", str(DEMO / "regio-2025-2026.xlsx"), *common]) == 0
    per_school = [row for row in rows(out) if row["comparator"] == "regio" and row["indicator"] == "stress_school"]
    whole = sum(int(row["total"]) for row in per_school), sum(int(row["cases"]) for row in per_school)
    for row in (row for row in per_school if row["comparator_total"]):
        assert int(row["comparator_total"]) == whole[0] - int(row["total"])
        assert int(row["comparator_cases"]) == whole[1] - int(row["cases"])


@pytest.mark.parametrize("by", ["school", "klas"])
def test_all_pupils_never_stand_beside_a_part_of_them(by, region, tmp_path, capsys):
    """Figures of everybody and of the bovenbouw would tell those of the onderbouw."""
    out = tmp_path / "cijfers.csv"
    arguments = ["compare", SCHOOL, "--benchmark", str(region), "--by", by, "--out", str(out)]
    assert main(arguments) == 2
    assert "--bouw" in capsys.readouterr().err
    assert not out.exists()
    assert main([*arguments, "--bouw", "onderbouw"]) == 0


def test_a_trend_and_suggestions_are_of_one_population(region, tmp_path, capsys):
    out = str(tmp_path / "uit.csv")
    assert main(["trend", SCHOOL, "--school", "Het Baken", "--out", out]) == 2
    assert main(["suggest", SCHOOL, "--benchmark", str(region), "--school", "Het Baken", "--out", out]) == 2
    assert capsys.readouterr().err.count("--bouw") == 2


def test_a_file_of_one_population_needs_no_choice(region, tmp_path):
    lines = [list(line) for line in load_workbook(SCHOOL).active.values]
    start = next(at for at, line in enumerate(lines) if "Leerjaar" in line)
    at = lines[start].index("Leerjaar")
    seniors = [line for line in lines[start + 1 :] if line[at] == "Leerjaar 4"]
    export = workbook(tmp_path / "bovenbouw.xlsx", lines[start], *seniors)
    written = []
    for bouw in ([], ["--bouw", "bovenbouw"]):
        out = tmp_path / f"{len(bouw)}.csv"
        assert main(["compare", export, "--benchmark", str(region), *bouw, "--out", str(out)]) == 0
        written.append([(row["indicator"], row["total"], row["percentage"]) for row in rows(out)])
    assert written[0] == written[1]


@pytest.mark.parametrize(("drempels", "least"), [("30/5", 30), ("50/10", 50), ("100/10", 100)])
def test_other_limits_for_a_file(drempels, least, region, tmp_path):
    out = tmp_path / "cijfers.csv"
    arguments = ["compare", SCHOOL, "--benchmark", str(region), "--bouw", "bovenbouw", "--by", "klas"]
    assert main([*arguments, "--drempels", drempels, "--out", str(out)]) == 0
    shown = [int(row["total"]) for row in rows(out) if row["total"]]
    assert shown
    assert min(shown) >= least - 2


# --------------------------------------------------------------------------- what is refused


def workbook(path, *lines):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)
    return str(path)


REFUSED = {
    "no such file": (["compare", "weg.xlsx"], "niet te openen"),
    "unknown codebook": (["compare", SCHOOL, "--codebook", "onzin"], "bestaat niet"),
    "another year": (["compare", SCHOOL, "--year", "1999"], "staat niet in dit bestand"),
    "unknown school": (["compare", SCHOOL, "--school", "De Nergens"], "staat niet in dit bestand"),
    "unknown school column": (["compare", SCHOOL, "--school-column", "Stad"], "staat niet in"),
    "unknown limits": (["compare", SCHOOL, "--bouw", "bovenbouw", "--drempels", "20/5"], "bestaan niet"),
    "wrong choice": (["compare", SCHOOL, "--by", "klasgenoten"], "--help"),
    "no command": ([], "--help"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_wrong_input_gives_one_dutch_sentence_and_no_file(case, region, tmp_path, capsys):
    arguments, expected = REFUSED[case]
    extra = ["--benchmark", str(region), "--out", str(tmp_path / "uit.csv")] if arguments else []
    assert main([*arguments, *extra]) == 2
    said = capsys.readouterr().err
    assert expected in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_benchmark_is_named(tmp_path, capsys):
    other = workbook(tmp_path / "los.xlsx", ["a", "b"], [1, 2])
    assert main(["compare", SCHOOL, "--benchmark", other, "--out", str(tmp_path / "uit.csv")]) == 2
    assert "geen bestand met vergelijkingscijfers" in capsys.readouterr().err


def test_several_years_must_be_chosen(tmp_path, capsys):
    export = workbook(
        tmp_path / "twee-jaren.xlsx",
        ["Onderzoeksjaar", "SBSSK3S1", "SBSSK3S2", "SBEZK3S1", "EBEGK3S2", "MBOKK3S33"],
        *([year, 0, 1, 0, 1, 3] for year in (2021, 2023) for _ in range(20)),
    )
    assert main(["benchmark", export, "--codebook", "gmj-2023", "--out", str(tmp_path / "r.xlsx")]) == 2
    assert "2021 en 2023" in capsys.readouterr().err
    assert (
        main(["benchmark", export, "--codebook", "gmj-2023", "--out", str(tmp_path / "r.xlsx"), "--year", "2023"]) == 0
    )


def test_the_file_that_is_read_is_never_overwritten(region, tmp_path, capsys):
    copy = tmp_path / "export.xlsx"
    copy.write_bytes(Path(SCHOOL).read_bytes())
    arguments = ["compare", str(copy), "--benchmark", str(region), "--bouw", "bovenbouw"]
    assert main([*arguments, "--out", str(copy)]) == 2
    assert "andere naam" in capsys.readouterr().err
    assert copy.read_bytes() == Path(SCHOOL).read_bytes()


def test_a_codebook_can_be_checked(capsys, tmp_path):
    folder = DEMO.parent / "codebooks" / "glce-voorbeeld"
    assert main(["codebook", "check", str(folder)]) == 0
    assert "geen fouten" in capsys.readouterr().out
    assert main(["codebook", "check", str(tmp_path / "leeg")]) == 2
    assert "bestaat niet" in capsys.readouterr().err


# --------------------------------------------------------------------------- a file that nobody here made

YEARS = ("2022", "2024")


def independent_counts(path, by):
    """Count the SPSS file without any of our code: cases and totals per year, group and indicator."""
    pyreadstat = pytest.importorskip("pyreadstat")
    frame, _ = pyreadstat.read_sav(path)
    has = {
        "ervaren_gezondheid_goed": frame["EBEGK311"].map({1: 1, 2: 1, 3: 0, 4: 0, 5: 0}),
        "psychische_klachten_mhi5": frame["PBMHK3S3"],
        "jonge_mantelzorger": frame["MCMZGB208"].map({1: 1, 2: 0}),
        **{
            f"stress_{name}": frame[f"STRESS{place}"]
            for place, name in enumerate(("school", "thuis", "werk", "ouders", "vrienden"), start=1)
        },
    }
    counts = {}
    for name, values in has.items():
        groups = values.groupby([frame["Onderzoeksjaar"], frame[by]])
        for (year, group), part in groups:
            counts[str(int(year)), int(group), name] = (int(part.sum()), int(part.notna().sum()))
    return counts


@pytest.mark.parametrize(
    ("by", "column", "labels"),
    [
        ("school", "gemeente", {1: "Zandwijk", 2: "Bosmeer", 3: "Heideveen"}),
        ("klas", "KLAS", {1: "Klas 2", 2: "Klas 4"}),
        ("geslacht", "GENDER", {1: "Jongen", 2: "Meisje"}),
        ("niveau", "MBOKK3S32", {1: "Vmbo", 2: "Havo", 3: "Vwo"}),
    ],
)
def test_the_spss_file_gives_the_counts_of_an_independent_count(by, column, labels, realdata, tmp_path):
    export = str(realdata / "ggd_gmj_fake_20000.sav")
    region, out = str(tmp_path / "regio.xlsx"), tmp_path / "vertrouwelijk.csv"
    chosen = ["--codebook", "gmj-proefbestand"]
    assert main(["benchmark", export, *chosen, "--year", "2022", "--out", region]) == 0
    common = ["compare", export, *chosen, "--year", "2024", "--benchmark", region, "--by", by]
    common += ["--school-column", "gemeente"] if by == "school" else []
    assert main([*common, "--unprotected", "--out", str(out)]) == 0
    expected = independent_counts(realdata / "ggd_gmj_fake_20000.sav", column)
    written = rows(out)
    assert {row["indicator"] for row in written} == {name for _, _, name in expected}
    for row in written:
        group = next(code for code, label in labels.items() if label == row["group"])
        assert (int(row["cases"]), int(row["total"])) == expected["2024", group, row["indicator"]]
        same_group_of_region = (by, row["comparator"]) in {
            ("klas", "regio"), ("geslacht", "regio"), ("niveau", "eigen niveau"),
        }  # fmt: skip
        if same_group_of_region:
            assert (int(row["comparator_cases"]), int(row["comparator_total"])) == (
                expected["2022", group, row["indicator"]]
            )
    hidden = tmp_path / "beschermd.csv"
    assert main([*common, "--bouw", "bovenbouw", "--out", str(hidden)]) == 0
    for row in rows(hidden):
        assert row["percentage"] or not any(row[name] for name in ("total", "lower", "upper", "difference", "verdict"))


def turned_export(folder, *more):
    """Give an export with bare codes of health the other way round, and a line that is no pupil."""
    heading = "Wat vind je van je eigen gezondheid?"
    lines = [f"School;Schooljaar;Niveau;Leerjaar;{heading};Heb je wel eens wiet of hasj gebruikt?;Rook je?"]
    lines += [f"De Werf;2025-2026;Havo;4;{5 - (at % 9 == 0)};Nee;Nee, nog nooit" for at in range(60)]
    path = folder / "export.csv"
    path.write_text("\n".join([*lines, "test;2025-2026;Havo;4;1;Nee;Nee, nog nooit", *more]), encoding="utf-8")
    return str(path)


def test_what_is_not_certain_is_told_and_can_be_replied_to(tmp_path, capsys):
    out = tmp_path / "regio.xlsx"
    arguments = ["benchmark", turned_export(tmp_path), "--out", str(out), "--codebook", "glce-voorbeeld"]
    assert main(arguments) == 0
    said = capsys.readouterr().err
    assert "Testrijen: 1" in said
    assert "lijken omgekeerd" in said
    (reply,) = [line.split("'")[1] for line in said.splitlines() if "=omgekeerd'" in line]
    assert "ervaren_gezondheid_goed" not in subjects(out)
    assert main([*arguments, "--reply", reply]) == 0
    assert "omgekeerd gelezen, zoals u zei" in capsys.readouterr().err
    assert subjects(out)["ervaren_gezondheid_goed"] == ("60", "60")


def subjects(path):
    """Give the cases and pupils of the whole file, per subject, as its workbook has them."""
    sheet = load_workbook(path)["Cijfers"]
    rows = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    return {row[6]: (row[7], row[8]) for row in rows if row[:2] == ["alle", "totaal"]}


def test_what_must_be_put_right_stops_the_command_line_too(tmp_path, capsys):
    path = tmp_path / "dubbel.csv"
    lines = ["School;Schooljaar;Rook je?;Rook je?;Heb je wel eens wiet of hasj gebruikt?;Eigen gezondheid"]
    path.write_text("\n".join([*lines, *["De Werf;2025-2026;Nee, nog nooit;Ja, elke dag;Nee;Goed"] * 40]))
    out = tmp_path / "regio.xlsx"
    assert main(["benchmark", str(path), "--out", str(out), "--codebook", "glce-voorbeeld"]) == 2
    assert "meer kolommen" in capsys.readouterr().err
    assert not out.exists()


def test_the_catalogue_can_be_checked_and_says_what_is_overdue(capsys, tmp_path):
    assert main(["catalogue", "check", "--date", "2027-11-22"]) == 0
    assert ", 0 te laat." in capsys.readouterr().out
    assert main(["catalogue", "check", str(DEMO.parent / "interventions"), "--date", "2027-11-23"]) == 0
    said = capsys.readouterr().out
    assert "inspiratiekaart.csv, s-visietool: opnieuw nakijken sinds 2027-11-22 (GGD Gezondheidsbevordering)." in said
    assert main(["catalogue", "check", str(tmp_path)]) == 2
    assert "themes.csv: dit bestand ontbreekt" in capsys.readouterr().err


def test_a_workbook_with_changes_can_be_checked(capsys, tmp_path):
    content = load_content(DEMO.parent / "interventions")
    for name, cells, code, sentence in (
        ("goed.xlsx", {"title": "Visietool"}, 0, "goed.xlsx: 1 rij verandert, geen fouten."),
        ("fout.xlsx", {"themes": "geluk"}, 2, "kolom Thema's: het thema 'geluk' staat niet in blad Thema's"),
    ):
        rows = tuple(
            {**row, **cells} if row["id"] == "s-visietool" else row for row in content.base["inspiratiekaart.csv"]
        )
        tables = {**content.base, "inspiratiekaart.csv": rows}
        (tmp_path / name).write_bytes(content_workbook(replace(content, tables=tables)))
        assert main(["catalogue", "check", str(tmp_path / name)]) == code
        said = capsys.readouterr()
        assert sentence in said.out + said.err
