"""Office files that tell only the day on the report, not the clock of the computer that made them."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

_MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_ZIP = b"PK\x03\x04"


def dated(data: bytes, on: dt.date) -> bytes:
    """Give the file with this day on it and on every workbook inside it: the same report, the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in given.namelist():
            content = given.read(name)
            if content.startswith(_ZIP):
                content = dated(content, on)
            elif name == "docProps/core.xml":
                content = _MADE.sub(rb"\g<1>" + f"{on.isoformat()}T00:00:00Z".encode(), content)
            part = zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
            archive.writestr(part, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
