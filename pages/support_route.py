"""Ondersteuningsroute: who sees, who talks, who decides and who helps, on one A4."""

import streamlit as st

from wellbeing.ui import keeping, rooms, support_route

st.title("Ondersteuningsroute", anchor=False)
st.write(support_route.INTRO)
store = keeping.require_store()
support_route.show(store, rooms.choose(store))
