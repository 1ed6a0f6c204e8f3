"""Contrast by the formula of WCAG 2.2, written out here."""

import itertools

import pytest

from wellbeing.presentation.palette import DARK, LIGHT, Tone, style_variables


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_knows_black_on_white():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize(("palette", "tone"), list(itertools.product((LIGHT, DARK), Tone)))
def test_words_in_a_tone_can_be_read_on_the_page_and_on_their_tint(palette, tone):
    tint = getattr(palette, f"{tone.value}_tint")
    assert contrast(palette.of(tone), palette.surface) >= 4.5
    assert contrast(palette.of(tone), tint) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_ordinary_and_quiet_text_can_be_read(palette):
    for background in (palette.surface, palette.neutral_tint):
        assert contrast(palette.text, background) >= 7
        assert contrast(palette.quiet, background) >= 4.5


def test_the_style_sheet_gets_both_themes():
    sheet = style_variables()
    assert f"--wb-favourable: light-dark({LIGHT.favourable}, {DARK.favourable});" in sheet
    assert "--wb-unfavourable-tint" in sheet
