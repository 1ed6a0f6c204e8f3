"""Stopping a second look at the same pupils, whatever way the figures come in."""

from __future__ import annotations

import streamlit as st

from wellbeing.model.results import Measurement
from wellbeing.presentation import formats
from wellbeing.ui import asking, cache, keeping, session
from wellbeing.ui.repeats import (
    codings_of,
    codings_together,
    counted_otherwise,
    nearly_the_same,
    part_beside_whole,
    sizes_of,
    taken_together,
    weighed_otherwise,
    weights_of,
)

REPEATED = (
    "Van {names} is al een bestand gebruikt, met 1 tot {most} leerlingen verschil. Wie beide schermen naast elkaar "
    "legt, kan zien wat die leerlingen antwoordden. Gebruik daarom het eerste bestand. Of bevestig hieronder dat "
    "niemand de eerste cijfers zag."
)
WEIGHED_OTHERWISE = (
    "Van {names} zijn al cijfers gebruikt, en toen was de keuze om te wegen anders. Wie gewogen en ongewogen cijfers "
    "naast elkaar legt, kan vaak narekenen wat een paar leerlingen antwoordden. Kies daarom hetzelfde als toen. Of "
    "bevestig hieronder dat niemand de eerste cijfers zag."
)
PART_BESIDE_WHOLE = (
    "Van {names} zijn al cijfers gebruikt over andere leerlingen van hetzelfde jaar. Uit cijfers van alle leerlingen "
    "en van een deel volgen die van de anderen. Gebruik een van de twee. Of bevestig hieronder dat niemand de eerste "
    "cijfers zag."
)
COUNTED_OTHERWISE = (
    "Van {names} zijn al cijfers gebruikt. Toen telden we dezelfde vragen anders: met een andere vragenlijst, andere "
    "onderwerpen of andere antwoorden op onze vragen. Wie beide naast elkaar legt, kan soms narekenen wat "
    "een paar leerlingen antwoordden. Kies daarom dezelfde vragenlijst, kolommen en antwoorden als toen. Of bevestig "
    "hieronder dat niemand de eerste cijfers zag."
)
NEVER_SHOWN = "De cijfers uit het eerste bestand zijn aan niemand getoond of doorgegeven."


def may_go_on(measurements: tuple[Measurement, ...], key: str) -> bool:
    """Stop a second look at (nearly) the same pupils, until the user says that the first was never shown."""
    chosen, codebooks = session.state(), cache.reference().codebooks
    fewest = cache.reference().policy.limits.cases
    before = keeping.kept_before(measurements)
    earlier = codings_together(codings_of(before, codebooks), chosen.codings)
    seen = taken_together(chosen.seen, sizes_of(before))
    found = (
        (REPEATED, nearly_the_same(measurements, seen, fewest)),
        (PART_BESIDE_WHOLE, part_beside_whole(measurements, seen)),
        (WEIGHED_OTHERWISE, weighed_otherwise(measurements, chosen.weighed, weights_of(before))),
        (COUNTED_OTHERWISE, counted_otherwise(measurements, codings_of(measurements, codebooks), earlier)),
    )
    for words, repeated in found:
        names = formats.listing([f"{item.school}, {item.bouw.value} {item.year}" for item in repeated[:3]])
        if repeated:
            st.warning(words.format(names=asking.plain(names), most=fewest - 1), icon=":material/front_hand:")
    if not any(repeated for _, repeated in found):
        return True
    return st.checkbox(NEVER_SHOWN, key=f"never-shown-{key}")
