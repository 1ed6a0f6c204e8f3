"""Inhoud bijhouden: every row with who answers for it; looked at, changed, added, handed on."""

import streamlit as st

from wellbeing.ui import upkeep, upkeep_files, upkeep_form

VIEWS = {
    upkeep.LIST: upkeep.show_list,
    upkeep.NEW: upkeep_form.show_new,
    upkeep.FILES: upkeep_files.show,
    upkeep.LOG: upkeep.show_log,
}

st.title("Inhoud bijhouden", anchor=False)
st.write(upkeep.INTRO)
now = upkeep.bench()
upkeep.show_state(now)
if upkeep.EDITING in st.session_state and now.store is not None:
    upkeep_form.show_edit(now)
else:
    views = [name for name in VIEWS if now.store is not None or name in {upkeep.LIST, upkeep.FILES}]
    chosen = st.segmented_control(
        "Wat wilt u doen?", views, default=upkeep.LIST, required=True, key="content-view", label_visibility="collapsed"
    )
    VIEWS[str(chosen or upkeep.LIST)](now)
