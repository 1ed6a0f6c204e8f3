"""What an organisation changed, laid over the tables: judged by the same schema; what does not fit is left out."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from wellbeing.model.content import Due, RowChange, Upkeep
from wellbeing.reference import content as content_module
from wellbeing.reference.content import check, judged, kept_rows, load_content, overlay
from wellbeing.reference.edits import change_row, judge, look_again, months_later, new_key, take_back
from wellbeing.reference.schema import ReferenceDataError
from wellbeing.reference.sheets import COLUMNS, LABELS, SHEETS

FOLDER = Path(__file__).parents[2] / "data" / "interventions"
CONTENT = load_content(FOLDER)
PROGRAMMES, PACKAGES, THEMES = "programmes.csv", "packages.csv", "themes.csv"
NEW_ROW = {
    **CONTENT.cells(PROGRAMMES, "i-swpbs"),
    "id": "ggd-slaapuur",
    "title": "Slaapuur",
    "themes": "slaap",
    "source": "https://voorbeeld.nl/slaapuur",
}


def changed(row, table=PROGRAMMES, **cells):
    return RowChange(table, row, cells)


def added(**cells):
    made = NEW_ROW | cells
    return RowChange(PROGRAMMES, made["id"], made)


def title(content, row):
    return check(content.tables)[0].row(row).title


# --------------------------------------------------------------------------- as delivered


def test_every_table_is_on_the_list_with_a_name_for_every_column():
    assert set(SHEETS) == set(COLUMNS) == {path.name for path in FOLDER.glob("*.csv")}
    for file, columns in COLUMNS.items():
        assert len({LABELS[name] for name in columns}) == len(columns), file


def test_every_row_has_an_owner_and_a_day_to_look_again():
    """Counted in the files themselves, without our reader."""
    number = 0
    for path in FOLDER.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file, delimiter=";"):
                number += 1
                assert row["kept_by"]
                assert dt.date.fromisoformat(row["checked_on"]) < dt.date.fromisoformat(row["next_review"])
    assert len(kept_rows(CONTENT)) == number


def test_nobody_is_made_up_as_checker():
    assert {row.upkeep.checked_by for row in kept_rows(CONTENT)} == {""}


def test_without_changes_everything_is_as_delivered():
    assert overlay(CONTENT.base, ()) == CONTENT


# --------------------------------------------------------------------------- what is due


@pytest.mark.parametrize(
    ("next_review", "due"),
    [
        (dt.date(2027, 2, 28), Due.OVERDUE),
        (dt.date(2027, 3, 1), Due.SOON),
        (dt.date(2027, 4, 30), Due.SOON),
        (dt.date(2027, 5, 1), Due.LATER),
    ],
)
def test_a_row_is_too_late_from_the_day_after(next_review, due):
    upkeep = Upkeep(kept_by="GGD", checked_by="", checked_on=dt.date(2026, 3, 1), next_review=next_review)
    assert upkeep.due(dt.date(2027, 3, 1)) is due


def test_what_is_due_on_a_day_counted_by_hand():
    """Two rows looked at in March 2026 and one in October: on 1 October 2027 two are too late and one is soon."""
    looked = [("i-swpbs", "2026-03-01"), ("i-levensvaardigheden", "2026-03-20"), ("i-leefstijl", "2026-10-15")]
    changes = [changed(row, **look_again("arts", dt.date.fromisoformat(day), 12)) for row, day in looked]
    rows = kept_rows(overlay(CONTENT.base, changes))
    on = dt.date(2027, 10, 1)
    assert [row.row for row in rows if row.upkeep.due(on) is Due.OVERDUE] == ["i-swpbs", "i-levensvaardigheden"]
    soon = [row.row for row in rows if row.upkeep.due(on) is Due.SOON]
    assert "i-leefstijl" in soon
    assert len(soon) == len(rows) - 2  # all others: 22 November 2027, within sixty days
    assert rows[0].name == "School-Wide Positive Behavior Support (SWPBS)"


def test_a_year_later_is_the_same_day_or_the_last_of_the_month():
    assert months_later(dt.date(2028, 2, 29), 12) == dt.date(2029, 2, 28)
    assert months_later(dt.date(2026, 11, 22), 12) == dt.date(2027, 11, 22)
    assert look_again("jeugdarts", dt.date(2026, 11, 22), 6) == {
        "checked_by": "jeugdarts",
        "checked_on": "2026-11-22",
        "next_review": "2027-05-22",
    }


# --------------------------------------------------------------------------- laying over


def test_a_cell_that_was_changed_is_in_the_catalogue_and_the_others_stay():
    content = overlay(CONTENT.base, [changed("i-swpbs", title="SWPBS op school")])
    delivered = check(CONTENT.base)[0].row("i-swpbs")
    row = check(content.tables)[0].row("i-swpbs")
    assert (row.title, row.description) == ("SWPBS op school", delivered.description)
    content = overlay(CONTENT.base, [*content.changes, changed("i-leefstijl", checked_by="arts")])
    (kept,) = [item for item in kept_rows(content) if item.is_changed]
    assert (kept.row, kept.is_new) == ("i-swpbs", False)


def test_an_update_of_the_delivered_row_comes_through_where_it_was_not_changed():
    newer = judged(CONTENT.base, [changed("i-swpbs", recognition_date="2027-01-15")])
    row = check(overlay(newer, [changed("i-swpbs", title="SWPBS op school")]).tables)[0].row("i-swpbs")
    assert (row.title, row.recognition_date) == ("SWPBS op school", "2027-01-15")


def test_a_row_that_was_added_is_a_candidate_for_its_theme():
    content = overlay(CONTENT.base, [added()])
    catalogue = check(content.tables)[0]
    assert catalogue.row("ggd-slaapuur") in catalogue.candidates("slaap", catalogue.row("ggd-slaapuur").pillars[0])
    assert [row.row for row in kept_rows(content) if row.is_new] == ["ggd-slaapuur"]


BROKEN = {
    "a theme that is gone": (changed("i-swpbs", themes="geluk"), "het thema 'geluk' staat niet in themes.csv"),
    "a row that is gone": (changed("i-bestaat-niet", title="x"), "past niet meer bij de lijst"),
    "a table that is gone": (changed("x", "weg.csv", title="x"), "past niet meer bij de lijst"),
    "no table at all": (changed("x", ""), "past niet meer bij de lijst"),
    "a column that is gone": (changed("i-swpbs", prijs="3"), "past niet meer bij de lijst"),
    "another key": (changed("i-swpbs", id="i-anders"), "past niet meer bij de lijst"),
    "a theme too many": (
        RowChange(THEMES, "geluk", {**CONTENT.cells(THEMES, "slaap"), "id": "geluk"}),
        "hier kan geen rij bij",
    ),
    "no date": (changed("i-swpbs", next_review="straks"), "'straks' is geen datum"),
    "looked at after the next time": (changed("i-swpbs", next_review="2020-01-01"), "moet na checked_on liggen"),
    "nobody keeps it": (changed("i-swpbs", kept_by=""), "kept_by: dit mag niet leeg zijn"),
    "very long": (changed("i-swpbs", description="a" * 1001), "te lang; hoogstens 1000"),
    "very long together": (
        RowChange(PROGRAMMES, "i-swpbs", dict.fromkeys(("remark", "description", "source", "owner"), "é" * 1000)
                  | dict.fromkeys(("title", "audience", "level_as_in_source", "checked_by"), "é" * 1000)),
        "te veel tekst bij elkaar",
    ),
    "signs that nobody sees": (changed("i-swpbs", title="S\u202eBPWS"), "tekens die niemand kan zien"),
    "lines": (changed("i-swpbs", title="twee\nregels"), "tekens die niemand kan zien"),
    "a script as address": (changed("i-swpbs", source="javascript:alert(1)"), "source: schrijf een adres dat begint"),
    "a file as address": (changed("i-swpbs", possible_link="file:///etc/passwd"), "possible_link: schrijf een adres"),
    "a script in a list": (changed("w-1", "steps.csv", source="javascript:alert(1)"), "source: schrijf een adres"),
    "data as address": (changed("i-swpbs", source=" DATA:text/html;base64,AAAA".strip()), "source: schrijf een adres"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_what_does_not_fit_is_told_and_left_out_while_the_rest_stays(case):
    broken, sentence = BROKEN[case]
    content = overlay(CONTENT.base, [broken, changed("i-levensvaardigheden", title="Levensvaardig")])
    (left,) = content.left_out
    assert left.change == broken
    assert sentence in " ".join(left.problems)
    assert title(content, "i-levensvaardigheden") == "Levensvaardig"
    assert content.cells(PROGRAMMES, "i-swpbs") == CONTENT.cells(PROGRAMMES, "i-swpbs")


def test_a_change_that_needs_another_one_stays_beside_one_that_is_broken():
    package = CONTENT.cells(PACKAGES, "slaap / Educatie")
    needing = changed("slaap / Educatie", PACKAGES, rows=f"{package['rows']}|ggd-slaapuur")
    content = overlay(CONTENT.base, [needing, changed("i-swpbs", themes="geluk"), added(pillars="Educatie")])
    assert [item.change.row for item in content.left_out] == ["i-swpbs"]
    assert {item.row for item in content.changes} == {"slaap / Educatie", "ggd-slaapuur"}


def test_one_misfit_among_many_costs_few_tries(monkeypatch):
    """Of 84 programmes one is broken: as many tries as there are halves, both ways, and not one for each row."""
    tries = []
    monkeypatch.setattr(content_module, "judged", lambda *given: (tries.append(1), judged(*given))[1])
    looked = [changed(row["id"], checked_by="arts") for row in CONTENT.base[PROGRAMMES] if row["id"] != "i-swpbs"]
    content = overlay(CONTENT.base, [*looked[:40], changed("i-swpbs", themes="geluk"), *looked[40:]])
    assert content.changes == tuple(looked)
    assert [item.change.row for item in content.left_out] == ["i-swpbs"]
    assert len(tries) < 20


def test_a_row_that_a_package_names_cannot_become_one_that_is_not_proposed():
    edit = change_row(CONTENT, PROGRAMMES, "m-rooster-en-slaap", {"proposable": "nee", "not_proposed_because": "Oud."})
    (problem, *_) = judge(CONTENT, [edit])
    assert problem.startswith("Blad Pakketten, stress_prestatiedruk / Beleid, kolom Wat hier het beste past: ")
    assert "mag niet worden voorgesteld" in problem


def test_a_web_address_and_a_source_in_words_are_fine():
    fine = [changed("i-swpbs", source="Handboek: tweede druk"), changed("i-leefstijl", source="http://voorbeeld.nl")]
    assert overlay(CONTENT.base, fine).left_out == ()


# --------------------------------------------------------------------------- one row changed


def test_only_what_differs_from_the_delivered_row_is_kept():
    now = dict(CONTENT.cells(PROGRAMMES, "i-swpbs"))
    edit = change_row(CONTENT, PROGRAMMES, "i-swpbs", now | {"title": " SWPBS \n op school "})
    assert edit.after == changed("i-swpbs", title="SWPBS op school")
    assert [(cell.column, cell.new) for cell in edit.cells] == [("title", "SWPBS op school")]
    assert change_row(CONTENT, PROGRAMMES, "i-swpbs", now) is None


def test_a_row_typed_back_to_what_was_delivered_is_no_change_any_more():
    content = overlay(CONTENT.base, [changed("i-swpbs", title="Anders")])
    edit = change_row(content, PROGRAMMES, "i-swpbs", {"title": CONTENT.cells(PROGRAMMES, "i-swpbs")["title"]})
    assert (edit.before, edit.after) == (changed("i-swpbs", title="Anders"), None)


def test_taking_back_says_what_it_undoes():
    content = overlay(CONTENT.base, [changed("i-swpbs", title="Anders"), added()])
    (cell,) = take_back(content, content.changes[0]).cells
    assert (cell.old, cell.new) == ("Anders", CONTENT.cells(PROGRAMMES, "i-swpbs")["title"])
    gone = take_back(content, content.changes[1])
    assert gone.after is None
    assert {cell.new for cell in gone.cells} == {""}
    assert judge(content, [gone]) == ()


def test_the_same_name_gives_the_same_key():
    assert new_key("Café ‘Ik & jij’") == "ggd-cafe-ik-jij"
    assert len(new_key("woord " * 60)) <= 100


def test_tables_that_cannot_be_read_are_named(tmp_path):
    with pytest.raises(ReferenceDataError, match=r"themes\.csv: dit bestand ontbreekt"):
        load_content(tmp_path)
