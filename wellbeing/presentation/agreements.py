"""An agreement as one sentence: what, who, before when, and which figure we look at next time."""

from __future__ import annotations

from wellbeing.model.conversation import Agreement
from wellbeing.model.reference import Codebook
from wellbeing.presentation import formats


def in_words(item: Agreement, codebook: Codebook) -> str:
    """Say an agreement; the first part is bold."""
    labels = {indicator.id: indicator.label for indicator in codebook.indicators}
    parts = [f"**{item.what}**"]
    parts += [f"wie: {item.who.value}"] if item.who else []
    parts += [f"voor {formats.date(item.due)}"] if item.due else []
    parts += [f"stand: {item.progress.value}"]
    parts += [f"daarna kijken we naar: {labels[item.indicator]}"] if item.indicator in labels else []
    return "; ".join(parts) + "."
