"""Groups of a school in words: what differs, what the numbers can show, and what the school can do for whom.

The words are about what pupils tell and what a school can do; never about what a group is like.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from wellbeing.model.catalogue import Catalogue, CatalogueRow, Kind
from wellbeing.model.chances import Chances, GroupDifference, LevelGap, Reach
from wellbeing.model.reference import Codebook, Indicator, Pillar
from wellbeing.model.results import (
    BenchmarkFigure,
    Certainty,
    ComparatorKind,
    Comparison,
    Dimension,
    Group,
    PublishedMeasurement,
    Suppressed,
)
from wellbeing.model.school_work import ReachedLess
from wellbeing.presentation import formats, inspiration, markup, offers, packages, wording
from wellbeing.presentation.palette import Tone

THEME = "gelijke_kansen"
LEVERS = {
    "s-hefboom-relaties": "Sterke banden, tussen leerlingen en met docenten",
    "s-hefboom-competenties": "Leren met hoofd, gevoel en elkaar",
    "s-hefboom-stressbronnen": "Minder bronnen van stress",
}
"""The rows of the catalogue that are a lever, with its name on screen."""
GENDERS = {"jongen": "jongens", "meisje": "meisjes"}
NAMES = {
    Dimension.LEVEL: "schoolniveaus",
    Dimension.LEERJAAR: "leerjaren",
    Dimension.GENDER: "jongens en meisjes",
}
LABELS = {
    Certainty.CLEAR: "duidelijk verschil",
    Certainty.POSSIBLE: "lijkt een verschil, kan toeval zijn",
    Certainty.NONE: "geen aantoonbaar verschil",
}
NOTHING_TO_COMPARE = "Van deze school laten we geen twee groepen zien die naast elkaar kunnen staan."
NO_LABELS = "Te weinig leerlingen deden mee om verschillen tussen groepen te noemen."
NO_DIFFERENCE = "**Tussen groepen leerlingen zien we hier geen aantoonbaar verschil.**"
PROTECTED = "Met hun cijfers zou je kunnen uitrekenen wat een klein aantal leerlingen antwoordde."
LEVEL_WARNING = "**Geen verschil met het eigen niveau betekent niet dat alles goed gaat.**"
LEVEL_WHY = (
    "Naast hetzelfde schoolniveau staat een school er eerlijk op. Maar het kan zijn dat leerlingen van dat niveau het "
    "overal lastiger hebben. Dat verdwijnt uit beeld als u alleen naar het eigen niveau kijkt."
)
NO_GAPS = (
    "Bij deze school zien we geen onderwerp waar dat duidelijk speelt. Kijk bij Vergelijken ook naar de hele regio."
)
NO_REGION = "Er zijn geen vergelijkingscijfers per schoolniveau. Daarom kunnen we hier geen cijfers laten zien."


# --------------------------------------------------------------------------- groups


def those(group: Group) -> str:
    """Name the pupils of a group.

    >>> those(Group(Dimension.GENDER, "meisje", "Meisje")), those(Group(Dimension.LEVEL, "havo", "Havo"))
    ('meisjes', 'leerlingen van havo')
    """
    if group.dimension is Dimension.LEERJAAR:
        return f"leerlingen in {group.label.lower()}"
    if group.dimension is Dimension.LEVEL:
        return f"leerlingen van {group.label.lower()}"
    return GENDERS.get(group.key, f"leerlingen die '{group.label.lower()}' invulden")


def more_than(row: GroupDifference) -> str:
    """Say which group tells it more often: "Meer meisjes dan jongens vertellen dit."."""
    first, second = those(row.more.group), those(row.less.group)
    if first.startswith("leerlingen "):
        second = second.removeprefix("leerlingen ")
    return f"Meer {first} dan {second} vertellen dit."


def sentence(row: GroupDifference, indicator: Indicator) -> str:
    """Say both figures of a difference as they are shown."""
    first = f"{formats.percentage(row.more.percentage)} van de {those(row.more.group)}"
    second = f"Van de {those(row.less.group)} is dat {formats.percentage(row.less.percentage)}."
    return f"{formats.capital(indicator.sentence.replace('{leerlingen}', first))} {second}"


def in_region(row: GroupDifference, comparisons: Sequence[Comparison]) -> str:
    """Say the figures of the same two groups in the region; empty where they may not stand here."""
    found = [_of_region(row, group, comparisons) for group in (row.more.group, row.less.group)]
    if None in found:
        return ""
    parts = [
        f"{those(group)} {formats.percentage(percentage or 0)}"
        for group, percentage in zip((row.more.group, row.less.group), found, strict=True)
    ]
    return f"In de regio: {formats.listing(parts)}."


def _of_region(row: GroupDifference, group: Group, comparisons: Sequence[Comparison]) -> int | None:
    kind = ComparatorKind.OWN_LEVEL if group.dimension is Dimension.LEVEL else ComparatorKind.REGION
    for item in comparisons:
        if (item.indicator, item.group, item.comparator.kind) == (row.indicator, group, kind):
            return item.benchmark.percentage if isinstance(item.benchmark, BenchmarkFigure) else None
    return None


def card(row: GroupDifference, indicator: Indicator, region: str, question: str) -> str:
    """Make a card of a difference: what pupils tell, the same groups in the region, and what to ask."""
    label = markup.badge(LABELS[row.certainty or Certainty.NONE], Tone.NEUTRAL)
    points = f"{formats.number(row.points)} procentpunt"
    beside = f'<p class="wb-quiet">{escape(region)}</p>' if region else ""
    return (
        f'<article class="wb-card wb-neutral"><h4>{escape(indicator.label)}</h4><p>{label} {escape(points)}</p>'
        f"<p><strong>{escape(more_than(row))}</strong> {escape(sentence(row, indicator))}</p>{beside}"
        f'<p class="wb-quiet">{escape(f"Vraag aan tafel: {question}")}</p></article>'
    )


def table(rows: Sequence[GroupDifference], codebook: Codebook) -> str:
    """List differences: the subject, both groups with their figure, and the label."""
    headings = ["Onderwerp", "Vaker", "Minder vaak", "Verschil"]
    body = [
        [
            codebook.indicator(row.indicator).label,
            f"{row.more.group.label} {formats.percentage(row.more.percentage)}",
            f"{row.less.group.label} {formats.percentage(row.less.percentage)}",
            f"{formats.number(row.points)} procentpunt, {LABELS[row.certainty or Certainty.NONE]}",
        ]
        for row in rows
    ]
    return markup.table("Verschillen tussen groepen van de school", headings, body)


# --------------------------------------------------------------------------- what the numbers can show


def conclusion(found: Chances) -> list[str]:
    """Say in a few sentences what groups of the school tell beside each other, and which could not be compared."""
    tested = found.differences
    if not tested:
        return [NOTHING_TO_COMPARE]
    about = _compared(found)
    if all(row.certainty is None for row in tested):
        return [NO_LABELS, about]
    counted = {
        certainty: len({row.indicator for row in tested if row.certainty is certainty}) for certainty in Certainty
    }
    clear, possible = counted[Certainty.CLEAR], counted[Certainty.POSSIBLE]
    subjects = formats.counted(len({row.indicator for row in tested}), "onderwerp", "onderwerpen")
    first = f"Bij **{clear} van de {subjects}** verschillen groepen leerlingen duidelijk." if clear else NO_DIFFERENCE
    if not clear and possible:
        first = "**Tussen groepen leerlingen zien we hier geen duidelijk verschil.**"
    rest = [f"Bij {possible} lijkt er een verschil, maar dat kan toeval zijn."] if possible else []
    return [first, *rest, about, wording.NOT_THE_SAME]


def _compared(found: Chances) -> str:
    """Say which sorts of groups stand beside each other here, and which do not."""
    tested = {row.more.group.dimension for row in found.differences}
    names = formats.listing([name for dimension, name in NAMES.items() if dimension in tested])
    missing = formats.listing([NAMES[dimension] for dimension in found.single])
    return f"We vergeleken {names}." + (f" Niet te vergelijken: {missing}." if missing else "")


def reaches(found: Sequence[Reach]) -> list[str]:
    """Say from how many points on groups of these sizes can differ visibly; dimensions that say the same once."""
    same: dict[tuple[tuple[int, int], int, int], list[str]] = {}
    for reach in found:
        name = (reach.sizes, reach.least.possible, reach.least.clear)
        same.setdefault(name, []).append(NAMES[reach.dimension])
    return [
        f"**{formats.capital(formats.listing(names))}**: met groepen van ongeveer {sizes[0]} en {sizes[1]} leerlingen "
        f"zien we verschillen vanaf ongeveer {possible} procentpunt (lijkt) en {clear} procentpunt (duidelijk)."
        for (sizes, possible, clear), names in same.items()
    ]


def not_shown(found: Chances, published: PublishedMeasurement) -> list[str]:
    """Say which groups are not here, and which are told once; no number of a hidden group."""
    lines = []
    if found.hidden:
        names = formats.listing([those(group) for group in found.hidden])
        why = "" if isinstance(published.respondents, Suppressed) else f" {PROTECTED}"
        lines.append(f"Van {names} laten we geen cijfers zien.{why}")
    if found.single:
        names = formats.listing([NAMES[dimension] for dimension in found.single])
        lines.append(f"Er is geen onderwerp waarvan we {names} naast elkaar kunnen zetten.")
    lines += [
        f"{formats.capital(those(one))} en {those(other)} hebben hier dezelfde cijfers. We noemen ze één keer."
        for one, other in found.alike
    ]
    return lines


# --------------------------------------------------------------------------- a level beside its region


def level_gap(gap: LevelGap, indicator: Indicator) -> str:
    """Say that a level looks as usual, while its pupils have a harder time than others in the region."""
    name = gap.level.label
    side = "hoger" if gap.points > 0 else "lager"
    return (
        f"**{indicator.label}** ({name}): op deze school {formats.percentage(gap.school)}, zelfde niveau in de regio "
        f"{formats.percentage(gap.same_level)}: geen aantoonbaar verschil. Maar in de hele regio is het "
        f"{formats.percentage(gap.region)}. {name} ligt daar dus {abs(gap.points)} procentpunt {side}."
    )


def has_levels(comparisons: Sequence[Comparison]) -> bool:
    """Whether any level of the school stands beside its own level in the region."""
    return any(
        item.group.dimension is Dimension.LEVEL
        and item.comparator.kind is ComparatorKind.OWN_LEVEL
        and isinstance(item.benchmark, BenchmarkFigure)
        for item in comparisons
    )


# --------------------------------------------------------------------------- what the school can do


def levers(catalogue: Catalogue) -> str:
    """Write the three levers beside each other, each with what the package says on its pillars."""
    cards = [_lever(f"{at}. {name}", catalogue.row(row), catalogue) for at, (row, name) in enumerate(LEVERS.items(), 1)]
    return f'<div class="wb-cards wb-beside">{"".join(cards)}</div>'


def _lever(name: str, row: CatalogueRow, catalogue: Catalogue) -> str:
    parts = "".join(_on_pillar(pillar, catalogue) for pillar in row.pillars)
    return (
        f'<article class="wb-card wb-neutral"><h4>{escape(name)}</h4><p>{escape(row.description)}</p>{parts}</article>'
    )


def _on_pillar(pillar: Pillar, catalogue: Catalogue) -> str:
    action = catalogue.action(THEME, pillar)
    rows = [catalogue.row(name) for name in action.rows if name not in LEVERS]
    return f"<p><strong>{escape(pillar.value)}.</strong> {escape(action.action)}</p>{_rows(rows)}"


def reached_less(items: Sequence[ReachedLess], catalogue: Catalogue) -> str:
    """Write whom a school easily reaches less, what helps, and which offers are about it."""
    rows = [[escape(item.who), escape(item.helps), _rows(_known(item, catalogue), catalogue)] for item in items]
    return markup.table_of_html("Leerlingen die een school soms minder bereikt", ["Wie", "Wat helpt", "Aanbod"], rows)


def _known(item: ReachedLess, catalogue: Catalogue) -> list[CatalogueRow]:
    known = {row.id: row for row in catalogue.rows}
    return [known[name] for name in item.rows if name in known]


def _rows(rows: Sequence[CatalogueRow], catalogue: Catalogue | None = None) -> str:
    """List offers by name, with what must stand beside them; with the catalogue also in which packages they are."""
    items = "".join(f"<li>{_row(row, _packages(row, catalogue))}</li>" for row in rows if row.proposable)
    return f'<ul class="wb-remarks">{items}</ul>'


def _packages(row: CatalogueRow, catalogue: Catalogue | None) -> list[str]:
    """Give the themes whose package names an offer, in the order of the catalogue."""
    if catalogue is None:
        return []
    named = {action.theme for action in catalogue.packages if row.id in action.rows}
    return [theme.label for theme in catalogue.themes if theme.id in named]


def _row(row: CatalogueRow, named_in: Sequence[str]) -> str:
    """Name an offer: its kind, for whom, of a programme how it was judged and where that stands."""
    about = [escape(row.type.value), escape(offers.layers(row))]
    if row.is_inspiration:
        about.append(inspiration.NO_PROOF)
    if row.type is Kind.THEME_WEEK:
        about.append(inspiration.KICK_OFF)
    if row.type is Kind.PROGRAMME:
        about += [escape(offers.recognition(row)), packages.link(row.source)]
    if named_in:
        about.append(escape(f"in het pakket {formats.listing(named_in)}"))
    remark = f". {escape(row.remark)}" if row.remark else ""
    return f"<strong>{escape(row.title)}</strong>: {' · '.join(about)}{remark}"
