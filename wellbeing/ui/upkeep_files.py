"""The content as an Excel file: to change it there, or to hand on what was changed; read back after a look at it."""

from __future__ import annotations

import streamlit as st

from wellbeing import pipeline
from wellbeing.export.content import content_workbook
from wellbeing.intake.guard import Refused
from wellbeing.model.content import RowEdit
from wellbeing.model.report import Format
from wellbeing.presentation import formats, markup
from wellbeing.reference.edits import NOTHING, Incoming
from wellbeing.reference.schema import ReferenceDataError
from wellbeing.reference.sheets import LABELS, SHEETS
from wellbeing.ui import asking
from wellbeing.ui.upkeep import Bench

HOW = (
    "Download de lijst, verander rijen in Excel of zet er rijen onder, en lees het bestand hier terug. Een collega "
    "leest uw wijzigingen op dezelfde manier in, met het logboek erbij."
)
BROKEN = "Dit moet eerst goed in het bestand. Er is niets veranderd."
MOST = 40
READ = "content-read"


def show(now: Bench) -> None:
    """Offer both files, and read one back."""
    st.html(markup.quiet(HOW))
    log = now.log()
    with st.container(horizontal=True):
        _download("Download alles", "inhoud.xlsx", content_workbook(now.content, log))
        if now.content.changes:
            own = content_workbook(now.content, log, only_changed=True)
            _download("Download alleen onze wijzigingen", "onze-wijzigingen.xlsx", own)
    if now.store is not None:
        _read_back(now)


def _download(label: str, name: str, data: bytes) -> None:
    kind = Format.WORKBOOK.media_type
    st.download_button(label, data, name, mime=kind, on_click="ignore", key=name, icon=":material/download:")


def _read_back(now: Bench) -> None:
    file = st.file_uploader(
        "Lees een Excel-bestand terug", type=["xlsx"], key=f"{READ}-{st.session_state.get(READ, 0)}"
    )
    if file is None:
        return
    try:
        found = pipeline.read_content(file.getvalue(), file.name, now.content)
    except Refused as refused:
        st.error(asking.plain(refused.sentence))
    except ReferenceDataError as error:
        st.error(asking.plain(" ".join(error.problems)))
    else:
        _preview(now, found)


def _preview(now: Bench, found: Incoming) -> None:
    """Show per row what changes; all of it is kept or nothing."""
    if found.problems:
        st.error(BROKEN)
        st.html(markup.remarks(found.problems[:MOST]))
        return
    if not found.edits:
        st.info(NOTHING)
        return
    number = formats.counted(len(found.edits), "rij verandert", "rijen veranderen")
    st.subheader(f"{number}", anchor=False)
    st.html("".join(_edits_table(edit) for edit in found.edits[:MOST]))
    if len(found.edits) > MOST:
        st.html(markup.quiet(f"En nog {formats.number(len(found.edits) - MOST)} rijen."))
    if st.button(f"Neem alles over ({len(found.edits)})", type="primary", key="content-take") and now.keep(found.edits):
        st.session_state[READ] = st.session_state.get(READ, 0) + 1
        st.toast("Overgenomen. Het staat nu op alle pagina's.")
        st.rerun()


def _edits_table(edit: RowEdit) -> str:
    """Write what changes in one row."""
    what = "nieuwe rij" if edit.is_new else "verandert"
    caption = f"{SHEETS[edit.table].title}: {edit.row} ({what})"
    cells = [(LABELS[cell.column], cell.old, cell.new) for cell in edit.cells if cell.new or not edit.is_new]
    return markup.table(caption, ("Kolom", "Was", "Wordt"), cells)
