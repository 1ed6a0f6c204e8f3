"""Gegevens toevoegen: the export of a school, its import report, and "klopt dit?"."""

import streamlit as st

from wellbeing.ui import asking, import_report, keeping, linking, navigation, second_looks, session, uploading

PURPOSE = "school"

st.title("Gegevens toevoegen", anchor=False)
st.write(
    "Kies de export van een school, met één rij per leerling: Excel, LibreOffice, CSV of SPSS. Een schoolpakket van de "
    "GGD of een tabel met percentages per onderwerp mag ook."
)

chosen = uploading.choose_export(PURPOSE, "Bestand van de school")
if chosen is None:
    st.caption("Herkenbare gegevens, zoals namen en geboortedatums, gaan er tijdens het lezen uit.")
    account = session.state().accounts.get(PURPOSE)
    if account is not None:
        st.subheader(f"Het laatste bestand: {asking.plain(account.report.file_name)}", anchor=False)
        import_report.save(account, PURPOSE)
    linking.sharing()
    st.stop()

pending, survey = chosen
uploading.show_report(PURPOSE, pending, survey)
if uploading.is_stopped(survey):
    st.stop()

st.subheader("Klopt dit?", anchor=False)
found = uploading.choose_measurements(PURPOSE, survey)
could_have_answered = uploading.ask_could_have_answered(found.measurements)
goes_on = uploading.has_year(found) and second_looks.may_go_on((*found.measurements, *found.other_years), PURPOSE)
if found.measurements and st.button(
    "Ja, dit klopt", type="primary", key="confirm", icon=":material/check:", disabled=not goes_on
):
    session.use_measurements(found.measurements, could_have_answered, found.other_years, pending.table.file_name)
    keeping.keep_measurements((*session.state().measurements, *found.other_years))
    session.keep_account(PURPOSE, survey)
    session.forget(PURPOSE)
    st.switch_page(navigation.PROFILE.file)
st.caption(keeping.promise())
