"""What is kept comes back exactly; two people never overwrite each other; what is old goes, with proof."""

import datetime as dt
import os
import stat
import threading
from dataclasses import replace

import pytest

from tests.store import samples
from tests.store.samples import CONVERSATION, NOW, TODAY
from wellbeing.model.conversation import Agreement, Conversation, Progress, Status
from wellbeing.store.database import BenchmarkKey, open_store
from wellbeing.store.failures import ConflictError, StoreError
from wellbeing.store.log import Event

KEY = ("De Werf", "2025-2026")


def events(store):
    return [entry.event for entry in store.log()]


# --------------------------------------------------------------------------- counts


def test_measurements_come_back_exactly(store):
    store.save_measurements([samples.WEIGHTED, samples.TOGETHER, samples.MEASUREMENT])
    assert store.measurements() == (samples.TOGETHER, samples.MEASUREMENT, samples.WEIGHTED)
    assert store.measurements("Het Baken") == (samples.WEIGHTED,)


def test_a_measurement_that_is_saved_again_replaces_the_one_before(store):
    corrected = replace(samples.MEASUREMENT, could_have_answered=160)
    store.save_measurements([samples.MEASUREMENT])
    store.save_measurements([corrected])
    assert store.measurements() == (corrected,)


def test_of_several_measurements_all_are_kept_or_none(store):
    def spoiled():
        yield samples.MEASUREMENT
        message = "the file ends here"
        raise RuntimeError(message)

    with pytest.raises(RuntimeError):
        store.save_measurements(spoiled())
    assert store.measurements() == ()


def test_a_benchmark_comes_back_exactly_and_is_listed_without_its_counts(store):
    store.save_benchmark(samples.BENCHMARK)
    (key,) = store.benchmarks()
    assert key == BenchmarkKey("Duinrand", "klein", "2024-2025", shareable=False)
    assert store.benchmark(key) == samples.BENCHMARK
    assert store.benchmark(replace(key, shareable=True)) is None


# --------------------------------------------------------------------------- conversations


def test_a_record_comes_back_with_its_revision(store):
    saved = store.save_conversation(CONVERSATION)
    assert saved == replace(CONVERSATION, revision=1)
    assert store.conversation(*KEY) == saved
    assert store.conversations() == (saved,)
    assert store.conversation("De Werf", "2023-2024") is None


def test_every_committed_field_is_one_revision_that_another_store_sees(store, path):
    record = store.save_conversation(Conversation(*KEY))
    for number in range(2, 6):
        record = store.save_conversation(replace(record, notes=f"versie {number}"))
        assert open_store(str(path)).conversation(*KEY) == record
    assert record.revision == 5


def test_of_two_people_the_second_meets_a_conflict_and_overwrites_nothing(store):
    both = store.save_conversation(CONVERSATION)
    first = store.save_conversation(replace(both, notes="van de een"))
    with pytest.raises(ConflictError, match="Iemand anders") as conflict:
        store.save_conversation(replace(both, notes="van de ander"))
    assert conflict.value.newest == first
    assert store.conversation(*KEY) == first


def test_two_people_who_begin_the_same_record_meet_a_conflict(store):
    first = store.save_conversation(CONVERSATION)
    with pytest.raises(ConflictError) as conflict:
        store.save_conversation(replace(CONVERSATION, notes="ook begonnen"))
    assert conflict.value.newest == first


def test_a_record_that_was_deleted_is_a_conflict_without_a_newest(store):
    with pytest.raises(ConflictError) as conflict:
        store.save_conversation(replace(CONVERSATION, revision=3))
    assert conflict.value.newest is None
    assert store.conversations() == ()


def test_of_many_who_save_at_once_each_revision_goes_to_one(store):
    start = store.save_conversation(CONVERSATION)
    outcomes = []

    def save(name):
        try:
            outcomes.append(store.save_conversation(replace(start, notes=name)).notes)
        except ConflictError:
            outcomes.append(None)

    threads = [threading.Thread(target=save, args=(f"persoon {number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (won,) = [name for name in outcomes if name]
    assert len(outcomes) == 6
    assert store.conversation(*KEY) == replace(start, notes=won, revision=2)


# --------------------------------------------------------------------------- columns, sources, offers


def test_links_are_recalled_for_exactly_this_version_of_a_source(store):
    store.remember_links("gmj", "abc", samples.HEADINGS)
    assert store.recall_links("gmj", "abc") == samples.HEADINGS
    assert store.recall_links("gmj", "abd") is None
    assert store.recall_links("emovo", "abc") is None


def test_a_value_of_a_pupil_cannot_be_kept_as_a_link(store):
    with pytest.raises(StoreError, match="alleen aan een vraag"):
        store.remember_links("gmj", "abc", {"Naam": "Sanne de Wit"})
    assert store.links() == ()


def test_a_colleague_adds_links_and_the_own_choice_stays(store, tmp_path):
    colleague = open_store(str(tmp_path / "collega.sqlite"))
    colleague.remember_links("gmj", "abc", {"Afdeling": "role:school"})
    colleague.remember_links("gmj", "def", {"Klas": "role:leerjaar"})
    store.remember_links("gmj", "abc", samples.HEADINGS)
    assert store.import_links(colleague.export_links()) == 1
    assert store.recall_links("gmj", "abc") == samples.HEADINGS
    assert store.recall_links("gmj", "def") == {"Klas": "role:leerjaar"}


def test_what_was_answered_about_a_source_is_asked_once(store):
    assert store.responsibility("gmj") is None
    store.save_responsibility("gmj", samples.ANSWERS)
    assert store.responsibility("gmj") == samples.ANSWERS


def test_offers_of_the_ggd_are_kept_changed_and_taken_away(store):
    store.save_offer(samples.OFFER)
    changed = replace(samples.OFFER, description="Drie uur.")
    store.save_offer(changed)
    assert store.offers() == (changed,)
    store.delete_offer(changed.id)
    assert store.offers() == ()


def test_availability_is_known_only_where_somebody_said_so(store):
    store.save_availability("i-leefstijl", available=True)
    store.save_availability("i-leefstijl", available=False)
    assert store.availability() == {"i-leefstijl": False}
    store.forget_availability("i-leefstijl")
    store.forget_availability("i-leefstijl")
    assert store.availability() == {}


# --------------------------------------------------------------------------- retention and log


def at(path, day):
    return open_store(str(path), now=lambda: dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC))


def test_nothing_is_deleted_as_long_as_no_term_was_chosen(store):
    store.save_conversation(CONVERSATION)
    assert store.retention() is None
    assert store.expire(dt.date(2100, 1, 1)) == 0
    assert len(store.conversations()) == 1


def test_everything_old_goes_except_what_is_about_no_school(store):
    samples.fill(store)
    assert store.retention() == 36
    assert store.expire(dt.date(2100, 1, 1)) == 8
    assert (store.measurements(), store.benchmarks(), store.conversations()) == ((), (), ())
    assert store.recall_links("gmj", "abc") == samples.HEADINGS
    assert store.offers() == (samples.OFFER,)


def test_old_records_go_and_the_log_proves_it(store, path):
    old = at(path, dt.date(2023, 11, 21))
    old.save_measurements([samples.BEFORE])
    old.save_benchmark(samples.BENCHMARK)
    old.save_conversation(replace(CONVERSATION, year="2022-2023"))
    store.save_measurements([samples.MEASUREMENT])
    current = store.save_conversation(CONVERSATION)
    assert store.expire(TODAY) == 0
    store.set_retention(36)
    assert store.expire(TODAY) == 3
    assert (store.measurements(), store.benchmarks()) == ((samples.MEASUREMENT,), ())
    assert store.conversations() == (current,)
    proof = store.log()[-4:]
    assert [(entry.event, entry.school, entry.year) for entry in proof[:3]] == [
        (Event.MEASUREMENT_EXPIRED, "De Werf", "2023-2024"),
        (Event.BENCHMARK_EXPIRED, "Duinrand", "2024-2025"),
        (Event.CONVERSATION_EXPIRED, "De Werf", "2022-2023"),
    ]
    assert (proof[3].event, proof[3].number, proof[3].at) == (Event.EXPIRED, 3, NOW.replace(tzinfo=None))


def test_what_was_saved_just_within_the_term_stays(store, path):
    at(path, dt.date(2023, 11, 22)).save_measurements([samples.BEFORE])
    store.set_retention(36)
    assert store.expire(TODAY) == 0
    assert store.expire(TODAY + dt.timedelta(days=1)) == 1


def test_what_is_deleted_is_gone_from_the_file(store, path):
    at(path, dt.date(2020, 1, 1)).save_conversation(replace(CONVERSATION, notes="ZEEMEERMIN"))
    assert b"ZEEMEERMIN" in path.read_bytes()
    store.set_retention(36)
    store.expire(TODAY)
    assert b"ZEEMEERMIN" not in b"".join(file.read_bytes() for file in path.parent.iterdir())


@pytest.mark.parametrize("months", [0, 241, -3])
def test_a_term_without_sense_is_refused(store, months):
    with pytest.raises(StoreError, match="bewaartermijn van 1 tot en met 240"):
        store.set_retention(months)
    assert store.retention() is None


def test_the_log_tells_what_happened_and_nothing_that_was_written(store):
    record = store.save_conversation(replace(CONVERSATION, agreements=()))
    record = store.save_conversation(replace(record, notes="geheim"))
    store.save_conversation(replace(record, agreements=(Agreement("iets", progress=Progress.OPEN),)))
    assert store.conversation(*KEY).status is Status.OPEN
    assert [(entry.event, entry.school, entry.year) for entry in store.log()] == [
        (Event.CONVERSATION_STARTED, *KEY),
        (Event.STATUS_CHANGED, *KEY),
    ]


# --------------------------------------------------------------------------- the file itself


@pytest.mark.skipif(os.name != "posix", reason="modes of files are a matter of POSIX")
def test_only_the_owner_can_read_the_file_and_its_folder(store, path):
    store.save_conversation(CONVERSATION)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o644)
    open_store(str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_store_tells_where_it_is(store, path):
    assert store.place == str(path)


def test_a_file_that_is_something_else_is_refused_in_a_sentence(path):
    path.parent.mkdir()
    path.write_bytes(b"dit is een brief aan de ouders" * 40)
    with pytest.raises(StoreError, match="beschadigd"):
        open_store(str(path))


def test_a_document_that_cannot_be_read_is_told_without_its_text(store):
    store.save_conversation(CONVERSATION)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE conversations SET document = replace(document, 'gevoerd', 'GEHEIM')")
    with pytest.raises(StoreError, match="beschadigd") as error:
        store.conversations()
    assert "GEHEIM" not in str(error.value)
    assert error.value.__suppress_context__
