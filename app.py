"""The dashboard. Start it with ``streamlit run app.py``, or with ``python3 start.py``.

Streamlit reads this file twice: once to find the shell, and then for every visit to run the frame.
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from wellbeing.ui import frame, navigation, shell

if get_script_run_ctx(suppress_warning=True) is None:
    navigation.replace_folder_pages()
    app = st.App("app.py", routes=shell.routes(), middleware=shell.middleware())
else:
    frame.run()
