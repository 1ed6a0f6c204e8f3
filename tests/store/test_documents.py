"""Documents read back to exactly what was written, whatever the numbers and names are."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.store import samples
from wellbeing.model.conversation import Conversation
from wellbeing.model.reference import IndicatorId
from wellbeing.model.results import Count, Measurement, Weighted
from wellbeing.store import documents

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
COUNTS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(lambda pair: Count(min(pair), max(pair)))
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(
    st.dictionaries(NAMES.map(IndicatorId), COUNTS, max_size=4),
    st.builds(Weighted, FLOATS, FLOATS, FLOATS, FLOATS),
    NAMES,
)
def test_counts_and_weights_to_the_last_digit(figures, weighted, school):
    group = replace(samples.MEASUREMENT.total, figures=figures, weighted={IndicatorId("x"): weighted})
    made = replace(samples.MEASUREMENT, school=school, groups=(group,), parts=(samples.MEASUREMENT,))
    assert documents.read(Measurement, documents.write(made)) == made


@given(NAMES, st.floats(-1, 1))
def test_comparison_figures_with_keys_that_json_does_not_know(label, phi):
    (where, cell), *others = samples.BENCHMARK.cells.items()
    made = replace(
        samples.BENCHMARK,
        cells={where: replace(cell, label=label), **dict(others)},
        correlations={where.bouw: {(IndicatorId("a"), IndicatorId("b")): phi}},
    )
    assert documents.read_benchmark(documents.write_benchmark(made)) == made


@given(NAMES, NAMES)
def test_texts_of_people(notes, theme):
    made = replace(samples.CONVERSATION, notes=notes, already_done=frozenset({(theme, *samples.OFFER.pillars)}))
    assert documents.read(Conversation, documents.write(made)) == made
