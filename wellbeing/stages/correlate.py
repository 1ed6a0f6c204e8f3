"""How much subjects of one theme go together among the pupils of a region. The last look at pupils together."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from wellbeing.model.reference import Bouw, IndicatorId, Role
from wellbeing.model.survey import Scores

Correlations = Mapping[Bouw, Mapping[tuple[IndicatorId, IndicatorId], float]]

FEWEST = 100  # pupils with both answers; on fewer a correlation says little


def correlate(scores: Scores, year: str) -> Correlations:
    """Give per population the correlation (phi) of each pair of subjects of one theme.

    Over all pupils of the region who answered both; pairs with fewer than a hundred of them, or of
    which nobody or everybody has one, are left out.
    """
    of_year = scores.frame[scores.frame[Role.YEAR.value] == year]
    return {
        bouw: _pairs(scores, of_year if bouw is Bouw.ALL else of_year[of_year["bouw"] == bouw.value]) for bouw in Bouw
    }


def _pairs(scores: Scores, frame: object) -> dict[tuple[IndicatorId, IndicatorId], float]:
    themes: dict[str, list[IndicatorId]] = {}
    for name in scores.indicators:
        themes.setdefault(scores.codebook.indicator(name).theme, []).append(IndicatorId(name))
    found = {}
    for names in themes.values():
        values = frame[list(names)].to_numpy(float)  # type: ignore[index]
        for (row, column), phi in np.ndenumerate(_phi(values)):
            if row < column and np.isfinite(phi):
                found[names[row], names[column]] = round(float(phi), 4)
    return found


def _phi(values: np.ndarray) -> np.ndarray:
    """Give the matrix of correlations over the pupils who answered both; not a number where that is too few."""
    valid = ~np.isnan(values)
    has_it = np.where(valid, values, 0.0)
    answered = valid.astype(float)
    both = answered.T @ answered
    with np.errstate(divide="ignore", invalid="ignore"):
        together, first = has_it.T @ has_it / both, has_it.T @ answered / both
        second = first.T
        phi = (together - first * second) / np.sqrt(first * (1 - first) * second * (1 - second))
    return np.where(both >= FEWEST, phi, np.nan)
