"""F. Scope: several schools and years in one file, names written in more ways, how many pupils there are."""

from __future__ import annotations

from collections.abc import Iterator

from tests.builders import policy
from tests.corpus.judging import Seen
from tests.corpus.recipes import BOOK, File, Outcome, Sample, recipe, without_files
from tests.corpus.recipes_shape import several
from tests.intake import exports
from wellbeing.model.reference import Bouw, IndicatorId
from wellbeing.model.results import Suppressed
from wellbeing.pipeline import measure
from wellbeing.stages.protect import protect


@recipe("F01", "several schools in one file", "listed with the number of pupils; the user chooses")
def schools() -> Iterator[File]:
    names = ("De Werf", "Polderhof", "Zandkust College")
    for sample, name, write in several("F01", 5, 60):
        cells = [names[at % 3] for at in range(60)]

        def listed(seen: Seen) -> None:
            assert seen.report.schools == dict.fromkeys(names, 20)
            assert {one.school for one in measure(seen.survey)} <= set(names)  # type: ignore[arg-type]

        expected = {**sample.expected, "school": cells}
        yield sample.file(write, sample.rows(school=cells), name=name, expected=expected, check=listed)


without_files(
    "F02",
    "several schools in the file of a school's own account",
    "refused, without the names of the others",
    not_applicable="There are no accounts: who has the file on the laptop may see what is in it.",
)


@recipe("F03", "one pupil of another school (a slip)", "asked whether it is the same school")
def slip() -> Iterator[File]:
    for (sample, name, write), other in zip(
        several("F03", 4, 60), ("Duinrant Lyceum", "Duinrand Lyc.", "Duinrand Lycem", "Lyceum Duinrand"), strict=True
    ):
        cells = [other if at == 7 else "Duinrand Lyceum" for at in range(60)]
        outcome = Outcome.ASKED
        yield sample.file(
            write,
            sample.rows(school=cells),
            outcome,
            "dezelfde school",
            name=name,
            expected={**sample.expected, "school": cells},
        )


@recipe("F04", "several school years in one file; 2024-2025 beside 2024", "split; asked which year the bare one is")
def years() -> Iterator[File]:
    for sample, name, write in several("F04", 4, 60):
        cells = [("2024-2025", "2025-2026")[at % 2] for at in range(60)]

        def split(seen: Seen) -> None:
            assert seen.report.years == {"2024-2025": 30, "2025-2026": 30}

        yield sample.file(
            write, sample.rows(jaar=cells), name=name, expected={**sample.expected, "jaar": cells}, check=split
        )
    for sample, name, write in several("F04/kaal", 3, 60):
        cells = [("2024-2025", "2024")[at % 2] for at in range(60)]
        yield sample.file(
            write,
            sample.rows(jaar=cells),
            Outcome.ASKED,
            "Welk schooljaar is '2024'",
            name=name,
            expected={**sample.expected, "jaar": cells},
        )


@recipe("F05", "location names with and without the location, abbreviations", "asked whether they are one school")
def locations() -> Iterator[File]:
    pairs = (
        ("Het Baken", "Het Baken – locatie Noord"),
        ("CSG Het Baken", "Christelijke Scholengemeenschap Het Baken"),
        ("Baken College", "Baken Coll."),
        ("Het Baken", "Hetbaken"),
    )
    for (sample, name, write), pair in zip(several("F05", 4, 60), pairs, strict=True):
        cells = [pair[at % 2] for at in range(60)]
        yield sample.file(
            write,
            sample.rows(school=cells),
            Outcome.ASKED,
            "dezelfde school",
            name=name,
            expected={**sample.expected, "school": cells},
        )
    for (sample, name, write), number in zip(several("F05/nummer", 2, 60), ("00AB01", "12XY"), strict=True):
        cells = [(number, "Het Baken")[at % 2] for at in range(60)]
        yield sample.file(
            write,
            sample.rows(school=cells),
            Outcome.ASKED,
            "dezelfde school",
            name=name,
            expected={**sample.expected, "school": cells},
        )


@recipe(
    "F06", "school placed outside its region", "asked (refused in the list: no file says which schools a region has)"
)
def regions() -> Iterator[File]:
    for sample, name, write in several("F06", 3, 60):
        cells = ["Regio" if not at else ("Duinrand" if at > 6 else "Elders") for at in range(61)]
        rows = [[*row, cell] for row, cell in zip(sample.rows(), cells, strict=True)]
        yield sample.file(write, rows, Outcome.ASKED, "meer dan één waarde van 'Regio'", name=name)


without_files(
    "F07",
    "file for a school that already has this year",
    "replaces; never double",
    shown_by="`tests/store/test_database.py::test_a_measurement_that_is_saved_again_replaces_the_one_before`",
)
without_files(
    "F08",
    "file that differs by a few pupils from the one before",
    "stopped until the user says that nobody saw the first",
    shown_by="`tests/ui/test_repeats.py::test_one_to_four_pupils_more_or_less_are_stopped`, "
    "`tests/pages/test_add_data.py::test_a_second_file_of_nearly_the_same_pupils_is_stopped`",
)


@recipe("F09", "4, 9, 10, 29, 30, 31 pupils", "read; a figure is shown from 30 pupils")
def limits() -> Iterator[File]:
    for size in (4, 9, 10, 29, 30, 31):
        sample = Sample(f"F09/{size}", size)
        cells = {
            "niveau": ["Havo"] * size,
            "leerjaar": [4] * size,
            "gezondheid": ["Goed", "Slecht"] * (size // 2) + ["Goed"] * (size % 2),
        }

        def exact(seen: Seen, size: int = size) -> None:
            (upper,) = [one for one in measure(seen.survey) if one.bouw is Bouw.UPPER]  # type: ignore[arg-type]
            assert upper.total.pupils == size
            subject = IndicatorId("ervaren_gezondheid_goed")
            rules = {IndicatorId(one.id): one.sensitivity for one in BOOK.indicators}
            shown = protect(upper, rules, policy()).total.figures[subject]
            assert isinstance(shown, Suppressed) == (size < 30)

        yield sample.file(exports.workbook, sample.rows(**cells), expected={}, check=exact)


without_files(
    "F10",
    "more answers than pupils; 3% response",
    "no more than pupils can be filled in; a low response is told",
    shown_by="`tests/stages/test_compare.py::test_under_forty_percent_response_there_are_no_labels`",
)
