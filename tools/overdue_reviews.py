"""Warn about reference data whose review date has passed. A warning, never a failure: time alone breaks nothing."""

import csv
import datetime as dt
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def overdue(folder: Path, today: dt.date) -> Iterator[str]:
    """Give a Dutch sentence per file (TOML, or CSV with such a column) that holds review dates before today."""
    for path in sorted((*folder.rglob("*.toml"), *folder.rglob("*.csv"))):
        found = _of_table(path) if path.suffix == ".csv" else _of_toml(path)
        late = [date for date in found if date < today]
        if late:
            yield f"{path.as_posix()}: {len(late)} keer opnieuw te bekijken, de oudste sinds {min(late).isoformat()}."


def _of_toml(path: Path) -> Iterator[dt.date]:
    yield from review_dates(tomllib.loads(path.read_text(encoding="utf-8-sig")))


def _of_table(path: Path) -> Iterator[dt.date]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            if "next_review" in row:
                yield dt.date.fromisoformat(row["next_review"])


def review_dates(data: Any) -> Iterator[dt.date]:
    """Give every ``next_review`` in a file, however deep it stands."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "next_review" and isinstance(value, dt.date):
                yield value
            else:
                yield from review_dates(value)
    elif isinstance(data, list):
        for item in data:
            yield from review_dates(item)


if __name__ == "__main__":
    sys.stdout.writelines(f"Let op: {line}\n" for line in overdue(Path("data"), dt.datetime.now(tz=dt.UTC).date()))
