"""Pieces of HTML: real tables, escaped texts, no hidden number."""

from html.parser import HTMLParser

import pytest

from wellbeing.model.results import PointKind
from wellbeing.presentation import figures, markup
from wellbeing.presentation.palette import Tone


class Reader(HTMLParser):
    """Collects the tags and the text of a piece of HTML."""

    def __init__(self):
        super().__init__()
        self.tags, self.words = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.fixture
def rows(analysis, codebook):
    return {row.indicator.id: row for row in figures.subjects(analysis, codebook)}


def test_texts_from_files_are_escaped():
    assert "<script>" not in markup.table("<script>", ["<script>"], [["<script>"]])
    assert "<script>" not in markup.conversation_card("<script>", "<script>") + markup.text("<script>")
    assert "<script>" not in markup.badge("<script>") + markup.tally_line("<script>", [(1, "<script>", Tone.NEUTRAL)])


def test_a_table_names_its_rows_and_columns():
    tags = read(markup.table("Scholen", ["Naam", "Leerlingen"], [["De Brug", "120"]])).tags
    assert [attrs["scope"] for tag, attrs in tags if tag == "th"] == ["col", "col", "row"]
    assert ("caption", {}) in tags


def test_the_comparison_table_says_figures_and_label(rows, analysis):
    comparators = [mark.comparator for mark in rows["stress"].marks]
    words = " ".join(read(markup.comparison_table("Mentaal", [rows["stress"]], comparators)).words)
    for expected in ("47%", "35%", "33%", "▲ duidelijk ongunstiger", "+14 procentpunt", "Bijna de helft"):
        assert expected in words


def test_a_hidden_row_of_the_comparison_table_has_its_reason_only(rows):
    comparators = [mark.comparator for mark in rows["geheim"].marks]
    html = markup.comparison_table("Mentaal", [rows["geheim"]], comparators)
    body = " ".join(read(html.split("<tbody>")[1]).words)
    assert "niet getoond" in body
    assert not any(letter.isdigit() for letter in body)


def test_a_card_shows_figure_label_and_sentence(rows):
    words = " ".join(read(markup.card(rows["stress"], PointKind.CLEAR)).words)
    assert "47%" in words
    assert "▲ duidelijk ongunstiger (+14 procentpunt)" in words
    assert "Bijna de helft van de leerlingen heeft stress." in words


@pytest.mark.parametrize(("name", "label"), [("stress", "komt veel voor"), ("veilig", "bij veel leerlingen niet")])
def test_what_occurs_often_gets_no_claim_of_difference(rows, name, label):
    words = " ".join(read(markup.card(rows[name], PointKind.COMMON)).words)
    assert label in words
    assert "procentpunt" not in words


def test_a_drawing_has_its_description_as_alternative(rows):
    images = [attrs for tag, attrs in read(markup.card(rows["stress"], PointKind.CLEAR)).tags if tag == "img"]
    assert [image["alt"] for image in images] == [rows["stress"].description]


def test_outcomes_that_do_not_occur_are_left_out():
    line = markup.tally_line("Pesten", [(2, "ongunstiger", Tone.UNFAVOURABLE), (0, "gunstiger", Tone.FAVOURABLE)])
    assert "2 ongunstiger" in line
    assert "gunstiger</span>" in line
    assert "0 gunstiger" not in line
