"""Make the pictures of what goes to the meeting: pages and slides of the demo school, in docs/pictures/.

python docs/make_report_pictures.py            into docs/pictures/
python docs/make_report_pictures.py FOLDER     every page and slide into FOLDER, in colour and in grey, to look at

Slides and documents go through LibreOffice (soffice), and pages become pictures with poppler (pdftoppm and
pdftotext). Both are for development only: no export needs them.
"""

from __future__ import annotations

import io
import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

LOG = logging.getLogger("pictures")
ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
DEMO = ROOT / "data" / "demo"
DAY = "2026-03-09"
FULL, SHORT = "schoolrapport-het-baken-bovenbouw-2025-2026", "schoolrapport-in-het-kort-het-baken-bovenbouw-2025-2026"
PROGRAMS = ("soffice", "pdftoppm", "pdftotext")
DOTS = 90  # per inch
COLOURS = 64
MOST_BYTES = 150_000


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its name, the file it shows, and words that stand on the page."""

    name: str
    file: str
    words: str


ALL = (
    Picture("rapport-samenvatting", f"{FULL}.pdf", "In dit rapport"),
    Picture("rapport-thema", f"{FULL}.pdf", "Heeft psychische klachten"),
    Picture("rapport-in-het-kort", f"{SHORT}.pdf", "Om over te praten"),
    Picture("dia-wat-opvalt", f"{FULL}.pptx", "Om te bespreken"),
    Picture("dia-thema", f"{FULL}.pptx", "(1 van 2)"),
    Picture("dia-wat-kan-de-school-doen", f"{FULL}.pptx", "Schoolomgeving"),
    Picture("rapport-in-word", f"{FULL}.docx", "Heeft psychische klachten"),
)


def main(arguments: list[str]) -> int:
    """Make the pictures; gives 1 when one came out too large."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        sys.exit(f"Not on this machine: {', '.join(missing)}.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make_reports(folder)
        if arguments:
            return _everything(folder, Path(arguments[0]))
        sizes = [_picture(picture, folder) for picture in ALL]
    return int(any(size > MOST_BYTES for size in sizes))


def _make_reports(folder: Path) -> None:
    region = folder / "regio.xlsx"
    _wellbeing("benchmark", DEMO / "regio-2025-2026.xlsx", "--out", region)
    for more in (("--format", "pdf,pptx,docx"), ("--variant", "een-a4")):
        whose = ("--school", "Het Baken", "--bouw", "bovenbouw", "--benchmark", region)
        _wellbeing("report", DEMO / "het-baken-2025-2026.xlsx", *whose, "--date", DAY, "--out", folder, *more)


def _wellbeing(*arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-m", "wellbeing", *map(str, arguments)], cwd=ROOT, check=True, capture_output=True)


def _picture(picture: Picture, folder: Path) -> int:
    pdf = _as_pdf(folder / picture.file)
    found = (number for number, text in enumerate(_texts(pdf), start=1) if picture.words in text)
    data = _small(_drawn(pdf, next(found)))
    (PICTURES / f"{picture.name}.png").write_bytes(data)
    LOG.info("%s: %d kB", picture.name, len(data) // 1000)
    return len(data)


def _everything(folder: Path, out: Path) -> int:
    out.mkdir(parents=True, exist_ok=True)
    for name in sorted({picture.file for picture in ALL}):
        pdf = _as_pdf(folder / name)
        for number, _ in enumerate(_texts(pdf), start=1):
            page, stem = _drawn(pdf, number), f"{name.replace('.', '-')}-{number:02d}"
            page.save(out / f"{stem}.png")
            page.convert("L").save(out / f"{stem}-grijs.png")
    return 0


def _as_pdf(path: Path) -> Path:
    """Give a file as PDF; an Office file through LibreOffice, with a profile of its own."""
    pdf = path.parent / "pdf" / f"{path.name}.pdf"
    if path.suffix == ".pdf" or pdf.exists():
        return path if path.suffix == ".pdf" else pdf
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(pdf.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return (pdf.parent / f"{path.stem}.pdf").rename(pdf)


def _texts(pdf: Path) -> Iterator[str]:
    """Give the words of each page, on one line."""
    read = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return (" ".join(page.split()) for page in read.rstrip("\f").split("\f"))


def _drawn(pdf: Path, number: int) -> Image.Image:
    page = ["-f", str(number), "-l", str(number), "-r", str(DOTS)]
    made = subprocess.run(["pdftoppm", *page, "-png", str(pdf)], check=True, capture_output=True).stdout
    return Image.open(io.BytesIO(made)).convert("RGB")


def _small(page: Image.Image) -> bytes:
    """Give the same picture in few colours, with a line around the paper."""
    framed = Image.new("RGB", (page.width + 2, page.height + 2), "#C9CFD6")
    framed.paste(page, (1, 1))
    out = io.BytesIO()
    framed.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    sys.exit(main(sys.argv[1:]))
