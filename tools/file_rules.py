"""Rules for files in the repository: no data of pupils, and tables that open in Excel.

Given file names (as the pre-commit hook does), it prints a Dutch sentence per broken rule.
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

EXCEL = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
STATISTICS = {".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".rds", ".rdata"}
TABLES = {".csv", ".tsv", ".parquet", ".feather", ".arrow"}
DATA_FILES = EXCEL | STATISTICS | TABLES
# Here a table is published or made up by us. Everywhere else it could hold answers of pupils.
ALLOWED_FOLDERS = tuple(
    PurePosixPath(folder)
    for folder in ("data/benchmarks", "data/codebooks", "data/interventions", "data/demo", "data/templates", "tests")
)
OWNED_TABLES = ALLOWED_FOLDERS[:3]


def misplaced(names: Iterable[str]) -> Iterator[str]:
    """Name the spreadsheets and data files that stand where data of pupils could slip in."""
    for name in names:
        path = PurePosixPath(name)
        if path.suffix.lower() in DATA_FILES and not any(path.is_relative_to(folder) for folder in ALLOWED_FOLDERS):
            yield f"{name}: gegevensbestanden horen alleen in data/ en tests/. Staan hier antwoorden van leerlingen in?"


def crooked(names: Iterable[str], root: Path) -> Iterator[str]:
    """Name the tables of ``data/`` that Excel would not open as a table: not UTF-8, or rows of unequal width."""
    for name in names:
        path = PurePosixPath(name)
        if path.suffix.lower() != ".csv" or not any(path.is_relative_to(folder) for folder in OWNED_TABLES):
            continue
        try:
            text = (root / path).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            yield f"{name}: sla dit bestand op als CSV UTF-8."
            continue
        rows = [row for row in csv.reader(text.splitlines(), delimiter=";") if row]
        if len({len(row) for row in rows}) != 1:
            yield f"{name}: niet elke regel heeft evenveel kolommen. Het scheidingsteken is een puntkomma."


if __name__ == "__main__":
    complaints = [*misplaced(sys.argv[1:]), *crooked(sys.argv[1:], Path())]
    sys.exit("\n".join(complaints) or 0)
