"""Start: what this is, the demo in one click, and the two ways in."""

import streamlit as st

from wellbeing.ui import keeping, navigation, session

st.title("Van vragenlijst naar een goed gesprek met de school", anchor=False)
st.write(
    "Zet de antwoorden van leerlingen naast de regio en naast hetzelfde schoolniveau. U ziet wat goed gaat, "
    "wat u kunt bespreken en wat de school kan doen. Klaar om mee aan tafel te gaan."
)
with st.container(horizontal=True, vertical_alignment="center"):
    if st.button("Bekijk de demo", type="primary", icon=":material/play_circle:", key="demo"):
        session.open_demo()
        st.switch_page(navigation.PROFILE.file)
    if keeping.kept() is not None:  # somebody has been here before
        st.page_link(navigation.MY_SCHOOLS.file, label="Verder met mijn scholen", icon=":material/home_work:")
st.caption("Een verzonnen school in een verzonnen regio. U hoeft niets te uploaden.")

left, right = st.columns(2, gap="medium")
with left.container(border=True, height="stretch"):
    st.subheader("Ik heb een schoolbestand", anchor=False)
    st.write("De export van één school van dit jaar, een tabel met percentages, of het schoolpakket van de GGD.")
    st.page_link(navigation.ADD_DATA.file, label="Gegevens toevoegen", icon=":material/upload_file:")
with right.container(border=True, height="stretch"):
    st.subheader("Ik heb een regiobestand", anchor=False)
    st.write("De export van alle scholen van de vorige meting, of een bestand met vergelijkingscijfers.")
    st.page_link(navigation.BENCHMARKS.file, label="Vergelijkingscijfers", icon=":material/compare_arrows:")

st.subheader("Wat gebeurt er met de gegevens van leerlingen?", anchor=False)
st.write(
    "Alles gebeurt op deze computer. Namen en andere herkenbare kolommen gaan er meteen uit. De antwoorden worden "
    "geteld en daarna weggegooid; we bewaren geen leerlingen en tonen geen cijfers over kleine groepen."
)
st.page_link(navigation.METHOD.file, label="Lees hoe we rekenen en beschermen", icon=":material/verified_user:")
