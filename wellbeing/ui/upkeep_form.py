"""One row of the content in a form: every column a field, with the choices that the schema knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import get_args

import streamlit as st

from wellbeing.model.catalogue import EVERY_THEME, CatalogueLevel, Confidence, Kind, Layer, Recognition
from wellbeing.model.content import Cells
from wellbeing.model.reference import Pillar
from wellbeing.model.school_work import PlanName
from wellbeing.presentation import markup
from wellbeing.reference.content import Content, row_of, row_titles, theme_titles
from wellbeing.reference.edits import change_row, look_again, months_later, new_key, take_back
from wellbeing.reference.schema import SEPARATOR, split
from wellbeing.reference.sheets import COLUMNS, LABELS, SEVERAL, SHEETS, WEEKS
from wellbeing.reference.upkeep import UPKEEP
from wellbeing.ui import cache, navigation
from wellbeing.ui.upkeep import EDITING, NEEDED, Bench

LONG = ("description", "remark", "action", "question", "caution", "lesson_remark", "what", "seen", "helps")
NO_PUPIL = "Zet hier nooit iets over een leerling."
TAKEN = "Er is al een rij met deze naam. Kies een andere naam, of verander die rij."
NO_NAME = "Geef de rij eerst een naam."
BACK = "Terug naar de lijst"
GONE = "Deze rij is er niet meer."
SAVED = "Bewaard en nagekeken."
LEERJAREN = ("", "1", "2", "3", "4", "5", "6")


def show_edit(now: Bench) -> None:
    """Show the form of the row that was chosen."""
    table, row = st.session_state[EDITING]
    if st.button(BACK, icon=":material/arrow_back:"):
        _leave()
    cells = now.content.cells(table, row)
    if cells is None:
        st.warning(GONE)
        return
    st.subheader("Wijzigen", anchor=False)
    st.html(markup.quiet(f"{SHEETS[table].title}: {row}. {NO_PUPIL}"))
    made = _form(table, cells, now)
    if made is not None:
        edit = change_row(now.content, table, row, made)
        if edit is None or now.keep([edit]):
            st.toast(SAVED)
            _leave()
    _undo(now, table, row)


def _undo(now: Bench, table: str, row: str) -> None:
    """Offer to make a row as it was delivered again; one that was added goes."""
    change = now.content.change(table, row)
    if change is None:
        return
    is_new = row_of(now.content.base, table, row) is None
    label = "Haal deze rij weg" if is_new else "Terug naar de tekst die bij het dashboard hoort"
    if st.button(label, icon=":material/undo:") and now.keep([take_back(now.content, change)]):
        _leave()


def _leave() -> None:
    st.session_state.pop(EDITING, None)
    st.rerun()


def show_new(now: Bench) -> None:
    """Ask for a row that is not there yet."""
    table = st.selectbox(
        "Bij welke lijst hoort de nieuwe rij?",
        [file for file, sheet in SHEETS.items() if sheet.grows],
        index=None,
        format_func=lambda file: SHEETS[file].title,
        placeholder="Kies",
        key="content-new-table",
    )
    if table is None:
        return
    st.html(markup.quiet(f"Voeg alleen iets toe met een bron. Nooit uit het hoofd. {NO_PUPIL}"))
    made = _form(table, dict.fromkeys(COLUMNS[table], ""), now)
    if made is None:
        return
    sheet, name = SHEETS[table], made[SHEETS[table].named_by[0]].strip()
    cells = {**made, "id": new_key(name)} if sheet.keys == ("id",) else made
    if not name:
        st.warning(NO_NAME)
    elif now.content.cells(table, sheet.key(cells)) is not None:
        st.warning(TAKEN)
    else:
        edit = change_row(now.content, table, sheet.key(cells), cells)
        if edit is not None and now.keep([edit]):
            st.session_state[EDITING] = (table, edit.row)
            st.toast(SAVED)
            st.rerun()


# --------------------------------------------------------------------------- the fields


def _form(table: str, cells: Cells, now: Bench) -> Cells | None:
    """Ask for every cell of a row; gives them when they must be kept, looked at today by who keeps them."""
    choices, sheet = _choices(now.content), SHEETS[table]
    is_new = not any(cells.values())
    asked = [name for name in COLUMNS[table] if name not in UPKEEP and name != "id"]
    if not is_new:
        asked = [name for name in asked if name not in sheet.keys]
    months = cache.reference().policy.review_months
    with st.form(f"content-{cache.fingerprint(table, cells)[:10]}"):
        made = {name: _field(name, cells[name], choices.get(name)) for name in asked}
        made["kept_by"] = st.text_input(LABELS["kept_by"], cells["kept_by"], max_chars=80)
        again = st.date_input(LABELS["next_review"], months_later(now.on, months), format="DD-MM-YYYY")
        is_asked = st.form_submit_button("Bewaar, en nagekeken vandaag", type="primary")
    if not is_asked:
        return None
    if not now.by:
        st.warning(NEEDED)
        return None
    day = again if isinstance(again, dt.date) else months_later(now.on, months)
    return {**cells, **made, **look_again(now.by, now.on, months), "next_review": day.isoformat()}


def _field(name: str, value: str, choices: Mapping[str, str] | None) -> str:
    """Ask for one cell; several values stand in it with a sign between them."""
    label = LABELS[name]
    if name in SEVERAL:
        chosen = split(value)
        options = {**{item: item for item in chosen}, **(choices or {})}
        picked = st.multiselect(
            label,
            list(options),
            chosen,
            format_func=lambda item: options.get(item, item),
            placeholder="Kies",
            accept_new_options=choices is None,
        )
        return SEPARATOR.join(picked)
    if choices is not None:
        options = {**({value: value} if value else {}), **choices}
        index = list(options).index(value) if value in options else None
        found = st.selectbox(label, list(options), index, format_func=options.__getitem__, placeholder="Kies")
        return found or ""
    if name in LONG:
        return st.text_area(label, value, max_chars=1000, height=90)
    return st.text_input(label, value, max_chars=1000)


def _choices(content: Content) -> Mapping[str, Mapping[str, str]]:
    """Give per closed column what may stand in it, with the words people read."""
    rows = row_titles(content.tables)
    weeks = {cells["row"] for cells in content.tables[WEEKS]}
    nothing = {"": "geen"}
    return {
        "type": _same(item.value for item in Kind if item is not Kind.OWN),
        "pillar": _same(Pillar),
        "pillars": _same(Pillar),
        "themes": {EVERY_THEME: "elk thema", **theme_titles(content.tables)},
        "levels": _same(get_args(CatalogueLevel)),
        "layer": _same(Layer),
        "recognition": _same(Recognition),
        "confidence": _same(Confidence),
        "proposable": _same(("ja", "nee")),
        "is_obliged": _same(("nee", "ja")),
        "plan": _same(PlanName),
        "leerjaar_from": nothing | _same(LEERJAREN[1:]),
        "leerjaar_to": nothing | _same(LEERJAREN[1:]),
        "rows": rows,
        "row": {key: name for key, name in rows.items() if key not in weeks},
        "safety_net": nothing | rows,
        "pages": {entry.address: entry.title for entry in navigation.ENTRIES},
    }


def _same(values: Iterable[str]) -> dict[str, str]:
    return {str(value): str(value) for value in values}
