"""A codebook as one file: its folder, packed, to keep or to send to a colleague."""

from __future__ import annotations

import io
import zipfile

from wellbeing.export.codebooks import codebook_files
from wellbeing.model.reference import Codebook


def codebook_archive(codebook: Codebook) -> bytes:
    """Give the folder of a codebook as a zip file; the same codebook gives the same bytes.

    Raises:
        ReferenceDataError: if the codebook is not in order.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in codebook_files(codebook).items():
            archive.writestr(zipfile.ZipInfo(f"{codebook.id}/{name}"), data)
    return out.getvalue()
