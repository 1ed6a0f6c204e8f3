"""H. Not a file, but input all the same: none of these is an upload, so no recipe makes files for them."""

from __future__ import annotations

from tests.corpus.recipes import without_files

NO_SERVER = "There is no server with accounts: the program runs on one laptop, for one user, and listens to it only."

without_files(
    "H01",
    "address with another school, 100 values, 512 KB",
    '"geen toegang", without telling whether it exists',
    not_applicable="Addresses hold no school or year: everything that was read lives in the session.",
)
without_files(
    "H02",
    "free text of a record: 100,000 signs, markup, a name of a pupil",
    "saved as it is, escaped, warned",
    shown_by="`tests/intake/test_notes.py::test_a_note_that_tells_who_somebody_is`, "
    "`tests/store/test_documents.py::test_texts_of_people`",
)
without_files(
    "H03",
    "two people who save the same record",
    "conflict shown, nothing lost",
    shown_by="`tests/store/test_database.py::test_of_two_people_the_second_meets_a_conflict_and_overwrites_nothing`, "
    "`tests/store/test_database.py::test_of_many_who_save_at_once_each_revision_goes_to_one`",
)
without_files("H04", "claims of a login", "denied or right", not_applicable=NO_SERVER)
without_files(
    "H05",
    "clock jumps, summer time, change of year",
    "right",
    shown_by="`tests/reference/test_notations.py::test_school_year_begins_on_the_first_of_august`, "
    "`tests/store/test_database.py::test_what_was_saved_just_within_the_term_stays`",
)
without_files(
    "H06",
    "disk full, database locked or read-only, permission gone",
    "Dutch sentence, no loss",
    shown_by="`tests/store/test_durability.py::test_on_a_full_disk_the_save_is_refused_in_a_sentence_and_the_rest_is_there`"
    ", "
    "`tests/store/test_durability.py::test_where_the_file_may_not_grow_the_program_says_so_and_loses_nothing`",
)
without_files(
    "H07",
    "connection or process cut in the middle of a save",
    "no half state",
    shown_by="`tests/store/test_durability.py::test_after_each_of_twenty_kills_every_acknowledged_save_is_there`",
)
without_files("H08", "60 uploads in a minute by one user", "quota", not_applicable=NO_SERVER)
