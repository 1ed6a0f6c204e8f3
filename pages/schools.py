"""Scholen in de regio: all schools of a regional export beside each other, for the GGD."""

from wellbeing.ui import schools

chosen = schools.require_region()
spread, theme, own = schools.choose(chosen)
schools.title(spread, chosen)
schools.funnel(spread, own)
schools.bands(theme, chosen, own)
