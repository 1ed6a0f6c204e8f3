"""How much subjects of one theme go together among the pupils of a region. The last look at pupils together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from wellbeing.model.reference import Bouw, IndicatorId, Role
from wellbeing.model.survey import Scores

Pair = tuple[IndicatorId, IndicatorId]
Correlations = Mapping[Bouw, Mapping[Pair, float]]

FEWEST = 100  # pupils with both answers; on fewer a correlation says little
SUMS = ("both", "first", "second", "together")


def correlate(scores: Scores[Any], year: str) -> Correlations:
    """Give per population the correlation (phi) of each pair of subjects of one theme.

    Over all pupils of the region who answered both; pairs with fewer than a hundred of them, or of
    which nobody or everybody has one, are left out. The scores may be a table on any engine.
    """
    themes: dict[str, list[IndicatorId]] = {}
    for name in scores.indicators:
        themes.setdefault(scores.codebook.indicator(name).theme, []).append(IndicatorId(name))
    pairs = [pair for names in themes.values() for pair in combinations(names, 2)]
    sums = _sums(scores, year, pairs) if pairs else {}
    found: dict[Bouw, Mapping[Pair, float]] = {}
    for bouw in Bouw:
        inside = [rows for name, rows in sums.items() if bouw is Bouw.ALL or name == bouw.value]
        found[bouw] = _correlations(pairs, np.sum(inside, axis=0)) if inside else {}
    return found


def _sums(scores: Scores[Any], year: str, pairs: Sequence[Pair]) -> dict[str, np.ndarray]:
    """Give per population and pair the pupils who answered both, who have the one, the other, and both."""
    names = list(dict.fromkeys(name for pair in pairs for name in pair))
    frame = nw.from_native(scores.frame).filter(nw.col(Role.YEAR.value) == year).select("bouw", *names)
    native = frame.to_native()
    return _sums_at_once(native, pairs) if isinstance(native, pd.DataFrame) else _sums_on_engine(frame, pairs)


def _sums_at_once(frame: pd.DataFrame, pairs: Sequence[Pair]) -> dict[str, np.ndarray]:
    """Multiply the whole table with itself: in memory that is by far the fastest."""
    found = {}
    names = {name: at for at, name in enumerate(frame.columns[1:])}
    rows, columns = ([names[pair[side]] for pair in pairs] for side in (0, 1))
    for bouw, part in frame.fillna({"bouw": ""}).groupby("bouw"):
        values = part[list(names)].to_numpy(float)
        has_it, answered = np.nan_to_num(values), (~np.isnan(values)).astype(float)
        products = (answered.T @ answered, has_it.T @ answered, answered.T @ has_it, has_it.T @ has_it)
        found[str(bouw)] = np.stack([product[rows, columns] for product in products], 1)
    return found


def _sums_on_engine(frame: Any, pairs: Sequence[Pair]) -> dict[str, np.ndarray]:
    made = frame.lazy().select(
        nw.col("bouw").fill_null(""), *(made for at, pair in enumerate(pairs) for made in _products(*pair, at))
    )
    products = [f"{kind}_{at}" for at in range(len(pairs)) for kind in SUMS[1:]]
    both = nw.col(*(f"together_{at}" for at in range(len(pairs)))).count()
    counted = both.name.map(lambda name: name.replace("together", "both"))
    rows = made.group_by("bouw").agg(nw.col(*products).sum(), counted).collect("pandas").to_native().set_index("bouw")
    columns = [f"{kind}_{at}" for at in range(len(pairs)) for kind in SUMS]
    return {str(bouw): row.to_numpy(float).reshape(len(pairs), len(SUMS)) for bouw, row in rows[columns].iterrows()}


def _products(first: str, second: str, at: int) -> Iterable[nw.Expr]:
    """Give what is summed per pair; a product without one of its answers is nothing, which no sum counts."""
    one, other = nw.col(first), nw.col(second)
    yield nw.when(~other.is_null()).then(one).alias(f"first_{at}")
    yield nw.when(~one.is_null()).then(other).alias(f"second_{at}")
    yield (one * other).alias(f"together_{at}")


def _correlations(pairs: Sequence[Pair], sums: np.ndarray) -> dict[Pair, float]:
    both, first, second, together = sums.T
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = first / both, second / both
        phi = (together / both - one * other) / np.sqrt(one * (1 - one) * other * (1 - other))
    usable = (both >= FEWEST) & np.isfinite(phi)
    return {pair: round(float(value), 4) for pair, value, use in zip(pairs, phi, usable, strict=True) if use}
