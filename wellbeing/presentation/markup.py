"""Small pieces of HTML: tables, cards and labels. Every text that comes in is escaped here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from wellbeing.model.results import Comparator, ComparatorKind, PointKind
from wellbeing.presentation import drawings, formats, wording
from wellbeing.presentation.figures import Subject
from wellbeing.presentation.palette import Tone

SCALE = '<span class="wb-scale"><span>0%</span> <span>50%</span> <span>100%</span></span>'
DASH = '<span class="wb-none" aria-hidden="true">–</span>'


def text(words: str) -> str:
    """Escape a text; two stars make a part of it bold.

    >>> text("**3** < 5")
    '<strong>3</strong> &lt; 5'
    """
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(words))


def badge(words: str, tone: Tone = Tone.NEUTRAL) -> str:
    """Mark a few words with the colour of their meaning."""
    return f'<span class="wb-badge wb-{tone.value}">{escape(words)}</span>'


def verdict_badge(subject: Subject, with_points: bool = False) -> str:
    """Write the label of a subject, with its arrow and, if wanted, its points."""
    words = " ".join(part for part in (subject.arrow, subject.label) if part)
    if with_points and subject.points is not None and subject.verdict is not None and subject.verdict.sense:
        words += f" ({formats.points(subject.points)} procentpunt)"
    return badge(words, subject.tone)


def conclusion(sentences: Sequence[str]) -> str:
    """Frame the conclusion of a page: the first sentence large, the others after it."""
    first, *others = sentences
    rest = f'<p class="wb-rest">{" ".join(text(sentence) for sentence in others)}</p>' if others else ""
    return f'<div class="wb-conclusion"><p>{text(first)}</p>{rest}</div>'


def table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]], stacked: bool = True) -> str:
    """Make a real table of texts; the first cell of each row is its heading."""
    body = [[escape(cell) for cell in row] for row in rows]
    return table_of_html(caption, [escape(heading) for heading in headings], body, stacked)


def table_of_html(
    caption: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    stacked: bool = True,
    below: Sequence[str] = (),
) -> str:
    """Make a table whose headings and cells are HTML already; on a phone each row is a block (``stacked``).

    ``below`` gives per row what stands under it over the full width; empty for nothing.
    """
    head = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    under = below or [""] * len(rows)
    body = "".join(_row(headings, row) + _below(headings, more) for row, more in zip(rows, under, strict=True))
    kind = " wb-stacked" if stacked else ""
    return (
        f'<div class="wb-scroll"><table class="wb-table{kind}"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(headings: Sequence[str], cells: Sequence[str]) -> str:
    first, *others = cells
    named = zip(headings[1:], others, strict=True)
    rest = "".join(f'<td data-heading="{_plain(heading)}">{cell}</td>' for heading, cell in named)
    return f'<tr><th scope="row">{first}</th>{rest}</tr>'


def _below(headings: Sequence[str], html: str) -> str:
    return f'<tr class="wb-below"><td colspan="{len(headings)}">{html}</td></tr>' if html else ""


def _plain(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html).replace('"', "&quot;")


def comparison_table(
    caption: str, subjects: Sequence[Subject], comparators: Sequence[Comparator], workings: Sequence[str] = ()
) -> str:
    """Make the table of Vergelijken: drawing, figures as text, and the label of the main comparison.

    ``workings`` has per subject how it was worked out (``working``).
    """
    names = [formats.capital(_column(comparator)) for comparator in comparators]
    headings = ["Onderwerp", SCALE, "School", *names, "Verschil"]
    rows = [_subject_row(subject, [item.kind for item in comparators]) for subject in subjects]
    return table_of_html(caption, headings, rows, below=workings)


def group_table(caption: str, subjects: Sequence[Subject], workings: Sequence[str]) -> str:
    """Make the table of Uitsplitsingen: one subject, a row per group, each beside the same group elsewhere."""
    headings = ["Groep", SCALE, "School", "Ernaast", "Verschil"]
    return table_of_html(caption, headings, [_group_row(subject) for subject in subjects], below=workings)


def _group_row(subject: Subject) -> list[str]:
    own, beside = DASH, DASH
    name = "Hele school" if subject.is_whole_school else subject.group.label
    if subject.school and subject.working:
        about = "" if subject.is_whole_school else "ongeveer "
        pupils = f"{about}{formats.counted(subject.working.pupils, 'leerling', 'leerlingen')}"
        name_of_group = f'{escape(name)}<span class="wb-sentence">{pupils}</span>'
        own = f"<b>{formats.percentage(subject.school.percentage)}</b>"
    else:
        name_of_group = escape(name)
    if subject.beside:
        words = wording.comparator_short(subject.main) if subject.is_whole_school else "zelfde groep in de regio"
        beside = f'{formats.percentage(subject.beside.percentage or 0)}<span class="wb-sentence">{escape(words)}</span>'
    return [name_of_group, _drawn(subject), own, beside, _difference(subject)]


def working(steps: Sequence[tuple[str, str]]) -> str:
    """Fold away how a figure was worked out; nothing where there are no steps."""
    lines = "".join(f"<div><dt>{escape(name)}</dt><dd>{_with_code(words)}</dd></div>" for name, words in steps)
    return f"<details><summary>Hoe is dit berekend?</summary><dl>{lines}</dl></details>" if steps else ""


def _with_code(words: str) -> str:
    return re.sub(r"`(.+?)`", r"<code>\1</code>", escape(words))


def _column(comparator: Comparator) -> str:
    return {"regio": "regio", "eigen niveau": "niveau", "verwacht": "verwacht"}[comparator.kind.value]


def _subject_row(subject: Subject, kinds: Sequence[ComparatorKind]) -> list[str]:
    own = f"<b>{formats.percentage(subject.school.percentage)}</b>" if subject.school else DASH
    shown = {m.comparator.kind: formats.percentage(m.percentage) for m in subject.marks if m.percentage is not None}
    marks = [shown.get(kind, DASH) for kind in kinds]
    level = "" if subject.group.dimension.value == "totaal" else f" · {escape(subject.group.label)}"
    sentence = f'<span class="wb-sentence">{escape(subject.sentence)}</span>' if subject.sentence else ""
    label = f"{escape(subject.indicator.label)}{level}{sentence}"
    return [label, _drawn(subject), own, *marks, _difference(subject)]


def _difference(subject: Subject) -> str:
    points = (
        "" if subject.points is None else f'<span class="wb-points">{formats.points(subject.points)} procentpunt</span>'
    )
    return verdict_badge(subject) + points


def common_card(subject: Subject) -> str:
    """Make a card of something that occurs often: figure and sentence, the region beside it, and no label."""
    assert subject.school is not None
    beside = [
        f"{formats.capital(wording.comparator_short(mark.comparator))}: {formats.percentage(mark.percentage)}"
        for mark in subject.marks
        if mark.percentage is not None and mark.comparator.kind is ComparatorKind.REGION
    ]
    return (
        f'<article class="wb-card wb-neutral"><h4>{escape(subject.indicator.label)}</h4>'
        f'<p class="wb-figure"><span class="wb-number">{formats.percentage(subject.school.percentage)}</span>'
        f"{badge(wording.common(subject.indicator))}</p><p>{escape(subject.sentence)}</p>"
        f'<p class="wb-quiet">{escape(". ".join(beside))}</p></article>'
    )


def theme_line(theme: str, label: str, tone: Tone, words: str) -> str:
    """Write what the subjects of a theme say together: the label and what it was made of."""
    return (
        f'<p class="wb-tally"><strong>{escape(theme)}</strong><span>{badge(label, tone)}</span>'
        f'<span class="wb-quiet">{escape(words)}</span></p>'
    )


def picture(svg: str, words: str, height: int) -> str:
    """Show a drawing over the full width, with what it says for people who do not see it."""
    address = drawings.as_address(svg)
    return f'<img class="wb-picture" style="height:{height}px" src="{address}" alt="{escape(words)}">'


def row_picture(svg: str, words: str) -> str:
    """Show a drawing in the cell of a table."""
    return f'<img class="wb-dots" src="{drawings.as_address(svg)}" alt="{escape(words)}">'


def swatch(colour: str, words: str) -> str:
    """Name a part of a drawing, with its colour before it."""
    return f'<span class="wb-swatch" style="background:{escape(colour)}"></span>{escape(words)}'


def card(subject: Subject, kind: PointKind) -> str:
    """Make a card of the profile: figure, label, sentence and drawing."""
    if subject.school is None:
        return conversation_card(
            subject.indicator.label, "Hierover laten we geen cijfer zien. Herkent u dit op school?"
        )
    label = (
        badge(wording.common(subject.indicator))
        if kind is PointKind.COMMON
        else verdict_badge(subject, with_points=True)
    )
    number = f'<span class="wb-number">{formats.percentage(subject.school.percentage)}</span>'
    return (
        f'<article class="wb-card wb-{subject.tone.value}"><h4>{escape(subject.indicator.label)}</h4>'
        f'<p class="wb-figure">{number} {label}</p>'
        f"<p>{escape(subject.sentence)}</p>{_drawn(subject, axis=True)}</article>"
    )


def conversation_card(title: str, question: str) -> str:
    """Make a card without a figure: something to talk about."""
    return (
        f'<article class="wb-card wb-neutral"><h4>{escape(title)}</h4><p>{badge("gespreksvraag")}</p>'
        f"<p>{escape(question)}</p></article>"
    )


def _drawn(subject: Subject, axis: bool = False) -> str:
    address, height = drawings.as_address(drawings.dot_row(subject, axis)), drawings.height(subject, axis)
    return f'<img class="wb-dots" style="height:{height}px" src="{address}" alt="{escape(subject.description)}">'


def _key(kind: ComparatorKind | None) -> str:
    return f'<img class="wb-key" src="{drawings.as_address(drawings.key(kind))}" alt="">'


def legend(comparators: Sequence[Comparator]) -> str:
    """Explain marks, arrows and colours in one line."""
    keys = [f"{_key(None)} deze school, met marge"]
    keys += [f"{_key(item.kind)} {escape(wording.comparator_name(item))}" for item in comparators]
    keys.append("▲ hoger, ▼ lager")
    keys.append(
        '<span class="wb-word wb-favourable">blauw = gunstig</span>'
        ' <span class="wb-word wb-unfavourable">bruin = ongunstig</span>'
    )
    return f'<p class="wb-legend">{"".join(f"<span>{key}</span>" for key in keys)}</p>'


def tally_line(theme: str, parts: Sequence[tuple[int, str, Tone]]) -> str:
    """Write the outcomes of a theme as labels in words; outcomes that do not occur are left out."""
    badges = "".join(badge(f"{formats.number(count)} {words}", tone) for count, words, tone in parts if count)
    return f'<p class="wb-tally"><strong>{escape(theme)}</strong><span>{badges}</span></p>'


def remarks(lines: Sequence[str]) -> str:
    """Write remarks as a short list."""
    return f'<ul class="wb-remarks">{"".join(f"<li>{text(line)}</li>" for line in lines)}</ul>'


def quiet(words: str) -> str:
    """Write a line that may be skipped."""
    return f'<p class="wb-quiet">{text(words)}</p>'
