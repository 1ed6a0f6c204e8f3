"""SPSS files, read with pyreadstat straight from memory: no file is written."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pyreadstat

from wellbeing.intake.guard import Refused, check_extent
from wellbeing.intake.headers import set_rows_apart
from wellbeing.intake.tables import Cells, Heading, Table, cell_text

SENTENCE = (
    "Dit SPSS-bestand is beschadigd of niet helemaal binnengehaald. Open het in SPSS, sla het opnieuw op als .sav "
    "en voeg het nog een keer toe."
)


def read_table(data: bytes, _known: Collection[str] = (), _pick: object = "", _marks: object = None) -> Table:
    """Read an SPSS file: values as text, user-missing values kept, labels beside them.

    Its variable names are the headings, whatever the codebooks know, and it has no sheets.

    Raises:
        Refused: if the file is damaged, too large or without pupils.
    """
    _, about = _parse(data, metadataonly=True)
    check_extent(about.number_rows or 0, about.number_columns or 0)
    values, about = _parse(data, metadataonly=False)
    headings = [
        Heading(name, name, cell_text(label), _texts(about.variable_value_labels.get(name, {})))
        for name, label in zip(about.column_names, about.column_labels, strict=True)
    ]
    columns = [Cells.of(values[name]) for name in about.column_names]
    rows = len(columns[0].codes) if columns else 0
    table = Table("", 0, headings, columns, list(range(1, rows + 1)), [])
    set_rows_apart(table)
    return table


def _parse(data: bytes, *, metadataonly: bool) -> tuple[Mapping[str, Sequence[object]], Any]:
    try:
        return pyreadstat.read_sav(io.BytesIO(data), metadataonly=metadataonly, user_missing=True, output_format="dict")
    except Exception:  # every error of the parser means the same to the user, and its text may hold cell values
        raise Refused(SENTENCE) from None


def _texts(labels: Mapping[Any, str]) -> dict[str, str]:
    return {cell_text(value): cell_text(label) for value, label in labels.items()}
