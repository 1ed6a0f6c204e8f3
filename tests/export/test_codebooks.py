"""A codebook that is written reads back as itself; what its files cannot hold is refused before writing."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import builders
from wellbeing.__main__ import main
from wellbeing.export.codebooks import write_codebook
from wellbeing.model.reference import Answer, Change, Codebook
from wellbeing.reference.codebooks import load_codebook, load_codebooks
from wellbeing.reference.schema import ReferenceDataError

BOOKS = [builders.codebook(), *load_codebooks(builders.DATA / "codebooks")]

# Texts as people write them in a heading or an answer: one line, no sign that divides a cell.
texts = st.text(
    st.characters(blacklist_characters="|", blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=30
).filter(lambda text: text == text.strip())


def written(codebook: Codebook, tmp_path: Path) -> Path:
    folder = tmp_path / codebook.id
    write_codebook(codebook, folder)
    return folder


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.id)
def test_a_written_codebook_is_read_back_as_itself(book: Codebook, tmp_path: Path) -> None:
    assert load_codebook(written(book, tmp_path)) == book


def test_the_command_line_accepts_what_was_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for book in BOOKS:
        assert main(["codebook", "check", str(written(book, tmp_path))]) == 0
    assert capsys.readouterr().out.count("geen fouten") == len(BOOKS)


def test_an_edition_is_written_whole(tmp_path: Path) -> None:
    """The folder stands on its own: what the edition took over from its base is in it."""
    edition = next(book for book in BOOKS if book.id == "gmj-2021")
    assert "based_on" not in (written(edition, tmp_path) / "codebook.toml").read_text(encoding="utf-8")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    heading=texts, text=texts, first=texts, second=texts, notice=st.text(st.characters(blacklist_categories=("Cs",)))
)
def test_any_text_is_kept(tmp_path: Path, *, heading: str, text: str, first: str, second: str, notice: str) -> None:
    if first.casefold() == second.casefold() or heading in {
        item for field in builders.FIELDS for item in field.headings
    }:
        return
    item = builders.question("klachten")
    item = replace(item, headings=(heading,), text=text, answers=(Answer(-1, first), Answer(2, second)))
    rule = replace(builders.indicator("klachten").rules[0], cases=(2,))
    subject = replace(builders.indicator("klachten", rule), caution=notice, changes=(Change(builders.REVIEWED, text),))
    book = replace(builders.codebook([subject], [item]), notice=notice)
    assert load_codebook(written(book, tmp_path)) == book


@pytest.mark.parametrize("heading", ["=1+1", "@cmd", "-2+3", "+31", "'=1+1", "''-x"])
def test_a_heading_that_a_spreadsheet_would_run_is_written_as_text(tmp_path: Path, heading: str) -> None:
    book = builders.codebook(
        [builders.indicator("klachten")], [replace(builders.question("klachten"), headings=(heading,))]
    )
    folder = written(book, tmp_path)
    with (folder / "questions.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell[:1] in set("=+-@")]
    assert load_codebook(folder).questions[0].headings == (heading,)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"headings": ("a|b",)}, "questions.csv, vraag klachten: haal het teken | uit 'a|b'."),
        (
            {"headings": ("twee\nregels",)},
            "questions.csv, vraag klachten: haal regeleinden, en spaties aan het begin en eind, uit 'twee regels'.",
        ),
        (
            {"text": " ruim "},
            "questions.csv, vraag klachten: haal regeleinden, en spaties aan het begin en eind, uit 'ruim'.",
        ),
        ({"headings": ()}, "questions.csv, vraag klachten: headings: geef minstens één kolomkop."),
    ],
)
def test_what_the_files_cannot_hold_is_refused_before_writing(
    tmp_path: Path, change: dict[str, object], sentence: str
) -> None:
    book = builders.codebook([builders.indicator("klachten")], [replace(builders.question("klachten"), **change)])
    with pytest.raises(ReferenceDataError) as error:
        written(book, tmp_path)
    assert error.value.problems == (sentence,)
    assert list(tmp_path.iterdir()) == []


def test_the_folder_has_the_name_of_the_codebook(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match="De map moet 'klein' heten"):
        write_codebook(builders.codebook(), tmp_path / "groot")


def test_writing_again_replaces_what_was_there(tmp_path: Path) -> None:
    written(builders.codebook(), tmp_path)
    renamed = replace(builders.codebook(), title="Nieuwe titel")
    assert load_codebook(written(renamed, tmp_path)) == renamed
    assert len(list((tmp_path / "klein").iterdir())) == 3
