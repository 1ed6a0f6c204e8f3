"""The colours of the dashboard: blue is favourable, brown-orange unfavourable, grey neither.

The two can be told apart by people who are colour-blind, and no colour ever stands without its word.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a colour says; the values are the class names in the style sheet."""

    FAVOURABLE = "favourable"
    UNFAVOURABLE = "unfavourable"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme. Texts reach a contrast of 4.5:1 on ``surface`` and on their own tint."""

    favourable: str
    unfavourable: str
    neutral: str
    favourable_tint: str
    unfavourable_tint: str
    neutral_tint: str
    text: str
    quiet: str
    line: str
    surface: str

    def of(self, tone: Tone) -> str:
        """Give the colour of a tone."""
        return str(getattr(self, tone.value))


LIGHT = Palette(
    favourable="#1F5A8A",
    unfavourable="#B45309",
    neutral="#595959",
    favourable_tint="#E7F0F7",
    unfavourable_tint="#FEF4EA",
    neutral_tint="#F1F2F3",
    text="#1B2430",
    quiet="#4D5866",
    line="#D8DCE1",
    surface="#FFFFFF",
)

DARK = Palette(
    favourable="#8CC4EE",
    unfavourable="#F3A65A",
    neutral="#B9BEC5",
    favourable_tint="#173448",
    unfavourable_tint="#43290F",
    neutral_tint="#2A2F36",
    text="#EEF1F4",
    quiet="#B4BCC6",
    line="#3B424B",
    surface="#14181D",
)


def style_variables() -> str:
    """Give the colours as variables of a style sheet; the browser picks the theme that is on."""
    names = Palette.__slots__
    pairs = ((name.replace("_", "-"), getattr(LIGHT, name), getattr(DARK, name)) for name in names)
    lines = "\n".join(f"  --wb-{name}: light-dark({light}, {dark});" for name, light, dark in pairs)
    return f".stApp {{\n{lines}\n}}\n"
