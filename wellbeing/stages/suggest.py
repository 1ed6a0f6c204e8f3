"""What fits this school, and for which reason. The school chooses; this only sets the table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wellbeing.model.catalogue import (
    EVERY_LEVEL,
    JUDGED,
    Catalogue,
    CatalogueRow,
    CatalogueTheme,
    Kind,
    Layer,
    Recognition,
)
from wellbeing.model.reference import Direction, Indicator, IndicatorId, Pillar, TalkingPoints
from wellbeing.model.results import (
    Cause,
    Certainty,
    Comparison,
    Difference,
    Dimension,
    Package,
    PillarPart,
    Proportion,
    Sense,
    Suggestion,
    ThemeReason,
    Verdict,
    Wishes,
)

RULES: Mapping[Cause, str] = {
    Cause.DIFFERS: "Een cijfer dat duidelijk ongunstiger is, brengt het thema op tafel.",
    Cause.NEED: "De school kiest zelf waar behoefte aan is; daar is geen cijfer voor nodig.",
    Cause.SIGNAL: "Een signaal over meer leerlingen samen brengt het thema op tafel.",
    Cause.FOCUS: "De GGD vraagt aandacht voor dit thema.",
    Cause.COMMON: "Wat bij veel leerlingen speelt, verdient een gesprek, ook als de school niet verschilt.",
    Cause.EMPTY: "De school werkt al aan dit thema; een leeg vak is een kans om het af te maken.",
}
"""The rule behind each reason, for "Waarom dit?". Its order is the order of the packages."""

HOW_CHOSEN = (
    "Eerst kijken we of het past bij jullie niveau en leerjaar. Dan gaat de hoogste erkenning voor, daarna een aanpak "
    "voor alle leerlingen, daarna de kleinste stap. Voorbeelden van scholen en themaweken staan achteraan."
)
"""How the suggestions of one pillar are put in order, the last step of "Waarom dit?"."""

CHOSEN_BY_SCHOOL = "Gekozen door de school."
SIGNALLED = "Genoemd aan tafel als signaal over meer leerlingen samen."
FOCUS_OF_GGD = "Speerpunt van de GGD."
GAP = "Jullie werken al aan dit thema, maar nog niet bij {pillars}."

EXAMPLE = "Voorbeeld, geen bewijs dat het werkt."
THEME_WEEK = "Alleen als aftrap of herhaling; een themaweek is geen aanpak."
INDICATED = "Alleen via de jeugdgezondheidszorg of hulpverlening: noem alleen de naam en de weg erheen."
SELECTIVE = "Alleen met de zorgcoördinator."
SELECTIVE_AND_INDICATED = "Alleen met de zorgcoördinator; bij klachten via de jeugdgezondheidszorg of hulpverlening."
FURTHER_LAYERS = "Het deel voor een kleinere groep gaat via de zorgcoördinator."
NOT_RECOGNISED = "Geen erkenning gevonden."
UNAVAILABLE = "De GGD zegt: in deze regio niet te krijgen."
NOT_JUDGED = "Eigen aanbod van de GGD: niet beoordeeld."
TOO_OLD = "De erkenning is ouder dan {years} jaar, kijk na of die nog geldt."

ON_TABLE = "Staat in het pakket: {themes}."
OTHER_LEVEL = "Bedoeld voor {levels}; deze school heeft dat niveau niet."
LEVELS_UNKNOWN = "Bedoeld voor {levels}; van deze school is het schoolniveau niet bekend."
OTHER_LEERJAAR = "Bedoeld voor {leerjaren}; daarvan deden geen leerlingen mee."
GENERAL = "Past bij elk thema: een begin, geen aanpak van één thema."
NOT_ON_TABLE = "Dit thema ligt nu niet op tafel. Kies het bovenaan als de school eraan wil werken."
OTHERS_FIRST = "Bij dit thema gaan andere voorstellen voor."
DATE_UNKNOWN = "Datum van de erkenning onbekend, kijk die na."
PART_OF_A_WHOLE = "Geef deze lessen niet los: kies ook iets bij de andere pijlers."
SAFETY_NET = "Altijd eerst: jeugdarts, zorgcoördinator en 113 (gratis 0800-0113)."

_LEVEL_PARTS: Mapping[str, frozenset[str]] = {
    "vmbo": frozenset({"vmbo-bk", "vmbo-gt"}),
    "havo-vwo": frozenset({"havo", "vwo"}),
    "gemengd": frozenset({"vmbo-bk", "vmbo-gt", "havo", "vwo"}),
}
_SMALL_STEPS = frozenset({Kind.TIP, Kind.TALK, Kind.KNOWLEDGE, Kind.SCAN, Kind.TOOL})
_FOR_ALL = frozenset({Layer.UNIVERSAL, Layer.TOOL})
_FOR_SOME = frozenset({Layer.SELECTIVE, Layer.INDICATED})
_CLEARLY_UNFAVOURABLE = Verdict(Certainty.CLEAR, Sense.UNFAVOURABLE)
_URGENCY = tuple(RULES)


@dataclass(frozen=True, slots=True)
class SchoolContext:
    """What a suggestion must fit: the level keys and the leerjaren of the school.

    An empty set means not known; then only what fits every level, or every leerjaar, is proposed.
    """

    levels: frozenset[str]
    leerjaren: frozenset[int]


@dataclass(frozen=True, slots=True)
class IndicatorEvidence:
    """One subject that speaks for a theme, with a sentence for the reader.

    ``points`` is the size of the difference in whole points; 0 for a subject that is only common.
    """

    indicator: IndicatorId
    sentence: str
    points: int = 0


@dataclass(frozen=True, slots=True)
class ThemeEvidence:
    """What the figures say about one theme of the catalogue.

    There is no place here for a subject that differs *mogelijk*, or whose figure is hidden.
    """

    theme: str
    differs: tuple[IndicatorEvidence, ...] = ()
    common: tuple[IndicatorEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Judging:
    """The day on which recognitions are looked at, when one is called old, and how much a pillar may hold."""

    on: dt.date
    years: int
    most: int

    def is_old(self, row: CatalogueRow) -> bool:
        """Whether the recognition has a date, and that lies too far back."""
        given = row.recognised_by
        return given is not None and (given.year + self.years, given.month, given.day) < (
            self.on.year,
            self.on.month,
            self.on.day,
        )


# --------------------------------------------------------------------------- from figures to evidence


def gather_evidence(
    comparisons: Sequence[Comparison],
    indicators: Sequence[Indicator],
    sentences: Mapping[IndicatorId, str],
    points: TalkingPoints,
) -> tuple[ThemeEvidence, ...]:
    """Give per theme of the catalogue what clearly differs unfavourably, and what is common without differing.

    ``comparisons`` are those beside the main comparator, of which only the school as a whole counts:
    no theme comes from one class. ``sentences`` has one for every figure shown of the school.
    Common is what is unfavourable for ``points.common_from`` percent of the pupils or more and has
    no label of difference; the ``points.most`` most common themes come beside those that differ,
    for a school can work on three themes at once, not on ten. Hidden figures and neutral subjects
    say nothing.
    """
    known = {indicator.id: indicator for indicator in indicators}
    whole = [row for row in comparisons if row.group.dimension is Dimension.TOTAL]
    shown = [(row, known[row.indicator]) for row in whole if isinstance(row.school, Proportion)]
    burdens = {row.indicator: _burden(row, indicator) for row, indicator in shown if _sense(row) is None}
    common = sorted(
        (name for name, burden in burdens.items() if burden >= points.common_from), key=lambda n: -burdens[n]
    )
    sizes = {row.indicator: _points(row) for row, _ in shown if _is_clearly_unfavourable(row)}
    of_differs = _per_theme([IndicatorEvidence(name, sentences[name], size) for name, size in sizes.items()], known)
    of_common = _per_theme([IndicatorEvidence(name, sentences[name]) for name in common], known)
    most_common = [theme for theme in of_common if theme not in of_differs][: points.most]
    of_common = {theme: of_common[theme] for theme in most_common}
    themes = dict.fromkeys([*of_differs, *of_common])
    return tuple(ThemeEvidence(name, of_differs.get(name, ()), of_common.get(name, ())) for name in themes)


def _per_theme(
    pieces: Sequence[IndicatorEvidence], known: Mapping[str, Indicator]
) -> dict[str, tuple[IndicatorEvidence, ...]]:
    found: dict[str, tuple[IndicatorEvidence, ...]] = {}
    for piece in pieces:
        for theme in known[piece.indicator].catalogue_themes:
            found[theme] = (*found.get(theme, ()), piece)
    return found


def _burden(row: Comparison, indicator: Indicator) -> int:
    """Give the whole percentage of pupils in the unfavourable position; 0 for hidden and neutral subjects."""
    if not isinstance(row.school, Proportion) or indicator.higher_is is Direction.NEUTRAL:
        return 0
    return row.school.percentage if indicator.higher_is is Direction.UNFAVOURABLE else 100 - row.school.percentage


def _sense(row: Comparison) -> Sense | None:
    return row.difference.verdict.sense if isinstance(row.difference, Difference) and row.difference.verdict else None


def _is_clearly_unfavourable(row: Comparison) -> bool:
    return isinstance(row.difference, Difference) and row.difference.verdict == _CLEARLY_UNFAVOURABLE


def _points(row: Comparison) -> int:
    return abs(row.difference.points) if isinstance(row.difference, Difference) else 0


# --------------------------------------------------------------------------- from reasons to packages


def suggest(
    school: SchoolContext,
    evidence: Sequence[ThemeEvidence],
    wishes: Wishes,
    catalogue: Catalogue,
    judging: Judging,
) -> tuple[Package, ...]:
    """Give a package over the four pillars for every theme with a named reason, the most pressing first.

    The order of reasons is that of ``RULES``; within clear differences the largest comes first,
    then the order of ``evidence``, then that of the catalogue. A theme that the school already works
    on at every pillar stands below all others.

    Raises:
        KeyError: if the evidence or the wishes name a theme that the catalogue does not have.
    """
    _refuse_unknown_themes(evidence, wishes, catalogue)
    found = {piece.theme: piece for piece in evidence}
    themes = dict.fromkeys([*found, *(theme.id for theme in catalogue.themes)])
    pieces = [found.get(theme, ThemeEvidence(theme)) for theme in themes]
    reasoned = [(piece, reasons) for piece in pieces if (reasons := tuple(_reasons(piece, wishes)))]
    reasoned.sort(key=lambda item: (_URGENCY.index(item[1][0].cause), -_largest_difference(item[0])))
    reasoned.sort(key=lambda item: _is_done(item[0].theme, wishes))
    choice = _Choice(school, catalogue, judging, wishes)
    return tuple(Package(piece.theme, reasons, choice.parts(piece.theme)) for piece, reasons in reasoned)


def _refuse_unknown_themes(evidence: Sequence[ThemeEvidence], wishes: Wishes, catalogue: Catalogue) -> None:
    for theme in (
        *(piece.theme for piece in evidence),
        *(wishes.needs | wishes.signals | wishes.focus),
        *(theme for theme, _ in wishes.already_done),
    ):
        catalogue.theme(theme)


def _largest_difference(piece: ThemeEvidence) -> int:
    return max((subject.points for subject in piece.differs), default=0)


def _is_done(theme: str, wishes: Wishes) -> bool:
    """Whether the school already does something on every pillar of this theme."""
    return all((theme, pillar) in wishes.already_done for pillar in Pillar)


def _reasons(piece: ThemeEvidence, wishes: Wishes) -> Iterator[ThemeReason]:
    """Give every reason there is, in the order of ``RULES``."""
    if piece.differs:
        yield _from_figures(Cause.DIFFERS, piece.differs)
    if piece.theme in wishes.needs:
        yield ThemeReason(Cause.NEED, (), CHOSEN_BY_SCHOOL)
    if piece.theme in wishes.signals:
        yield ThemeReason(Cause.SIGNAL, (), SIGNALLED)
    if piece.theme in wishes.focus:
        yield ThemeReason(Cause.FOCUS, (), FOCUS_OF_GGD)
    if piece.common:
        yield _from_figures(Cause.COMMON, piece.common)
    gaps = _gaps(piece.theme, wishes)
    if gaps:
        yield ThemeReason(Cause.EMPTY, (), GAP.format(pillars=" en ".join(gaps)))


def _from_figures(cause: Cause, subjects: Sequence[IndicatorEvidence]) -> ThemeReason:
    indicators = tuple(subject.indicator for subject in subjects)
    return ThemeReason(cause, indicators, " ".join(subject.sentence for subject in subjects))


def _gaps(theme: str, wishes: Wishes) -> tuple[Pillar, ...]:
    """Give the empty pillars of a theme the school already works on; none where it did not say what it does."""
    gaps = tuple(pillar for pillar in Pillar if (theme, pillar) not in wishes.already_done)
    return gaps if wishes.matrix_filled and len(gaps) < len(Pillar) else ()


# --------------------------------------------------------------------------- why (not)


def explain(
    row: CatalogueRow, school: SchoolContext, packages: Sequence[Package], catalogue: Catalogue
) -> tuple[str, ...]:
    """Say in which packages a row stands, or everything that keeps it out of them."""
    themes = [catalogue.theme(package.theme).label for package in packages if _is_in(row, package)]
    if themes:
        return (ON_TABLE.format(themes=", ".join(themes)),)
    return tuple(_obstacles(row, school)) or (_why_not_on_table(row, packages),)


def _is_in(row: CatalogueRow, package: Package) -> bool:
    return any(suggestion.row == row.id for part in package.parts for suggestion in part.suggestions)


def _obstacles(row: CatalogueRow, school: SchoolContext) -> Iterator[str]:
    if not row.proposable:
        yield row.not_proposed_because
    if not _fits_level(row, school.levels):
        sentence = OTHER_LEVEL if school.levels else LEVELS_UNKNOWN
        yield sentence.format(levels=", ".join(row.levels))
    if not _fits_leerjaar(row, school.leerjaren):
        yield OTHER_LEERJAAR.format(leerjaren=leerjaren_in_words(row))


def _why_not_on_table(row: CatalogueRow, packages: Sequence[Package]) -> str:
    if row.is_general:
        return GENERAL
    on_table = {package.theme for package in packages}
    return OTHERS_FIRST if on_table & set(row.themes) else NOT_ON_TABLE


def leerjaren_in_words(row: CatalogueRow) -> str:
    """Say for which leerjaren a row is meant; empty where there is no limit."""
    first, last = row.leerjaar_from, row.leerjaar_to
    if first and last:
        return f"leerjaar {first}" if first == last else f"leerjaar {first} tot en met {last}"
    if first:
        return f"leerjaar {first} en hoger"
    return f"tot en met leerjaar {last}" if last else ""


# --------------------------------------------------------------------------- from a theme to what fits


@dataclass(frozen=True, slots=True)
class _Choice:
    """One school beside the catalogue: fills the pillars of a theme."""

    school: SchoolContext
    catalogue: Catalogue
    judging: Judging
    wishes: Wishes

    def parts(self, theme_id: str) -> tuple[PillarPart, ...]:
        """Give the four pillars; lessons only where something else stands beside them."""
        theme = self.catalogue.theme(theme_id)
        parts = tuple(self._part(theme, pillar) for pillar in Pillar)
        if any(part.suggestions for part in parts if part.pillar is not Pillar.EDUCATION):
            return parts
        return tuple(replace(part, suggestions=()) for part in parts)

    def _part(self, theme: CatalogueTheme, pillar: Pillar) -> PillarPart:
        rows = self._in_order(theme.id, pillar)
        if theme.safety_net and pillar is Pillar.SIGNALLING:
            net = self.catalogue.row(theme.safety_net)
            rows = [net, *(row for row in rows if row is not net)]
        return PillarPart(
            pillar=pillar,
            action=self.catalogue.action(theme.id, pillar).action,
            already_done=(theme.id, pillar) in self.wishes.already_done,
            suggestions=tuple(Suggestion(row.id, tuple(self._remarks(row, theme, pillar))) for row in rows),
        )

    def _in_order(self, theme_id: str, pillar: Pillar) -> list[CatalogueRow]:
        """Give what fits, best first; nothing where only theme weeks are left."""
        named = self.catalogue.action(theme_id, pillar).rows
        rows = [row for row in self.catalogue.candidates(theme_id, pillar) if row.proposable and fits(row, self.school)]
        if all(row.type is Kind.THEME_WEEK for row in rows):
            return []
        rows.sort(key=lambda row: (_place(row), row.id not in named, *self._merits(row)))
        return self._most(rows)

    def _most(self, rows: Sequence[CatalogueRow]) -> list[CatalogueRow]:
        """Give as many as a pillar may hold, then the GGD's own, then what would be here but cannot be had."""
        most, away = self.judging.most, self.catalogue.unavailable
        ranked = [row for row in rows if not row.is_own]
        here = [row for row in ranked if row.id not in away][:most]
        own = [row for row in rows if row.is_own]
        return [*here, *own, *(row for row in ranked[:most] if row.id in away)]

    def _merits(self, row: CatalogueRow) -> tuple[int, int, int]:
        """Recognition first, then reach, then effort; lower is better."""
        return -self._rank(row), _reach(row), row.type not in _SMALL_STEPS

    def _rank(self, row: CatalogueRow) -> int:
        """Give the step of the recognition; one lower when it is old or without a date."""
        if row.is_judged:
            doubtful = self.judging.is_old(row) or not row.recognition_date
            return JUDGED.index(row.recognition) + (0 if doubtful else 1)
        return -1 if row.recognition is Recognition.NONE_FOUND else 0

    def _remarks(self, row: CatalogueRow, theme: CatalogueTheme, pillar: Pillar) -> Iterator[str]:
        if any(row.id == each.safety_net for each in self.catalogue.themes):
            yield SAFETY_NET
        else:
            yield from _layer_remarks(row)
        yield from self._recognition_remarks(row)
        if row.is_inspiration:
            yield EXAMPLE
        if row.type is Kind.THEME_WEEK:
            yield THEME_WEEK
        if row.type is Kind.PROGRAMME and pillar is Pillar.EDUCATION:
            yield theme.lesson_remark or PART_OF_A_WHOLE
        if row.id in self.catalogue.unavailable:
            yield UNAVAILABLE
        if row.remark:
            yield row.remark

    def _recognition_remarks(self, row: CatalogueRow) -> Iterator[str]:
        if row.recognition is Recognition.NONE_FOUND:
            yield NOT_RECOGNISED
        elif row.is_own:
            yield NOT_JUDGED
        elif row.recognition is not Recognition.NOT_APPLICABLE and not row.recognition_date:
            yield DATE_UNKNOWN
        elif self.judging.is_old(row):
            yield TOO_OLD.format(years=self.judging.years)


def fits(row: CatalogueRow, school: SchoolContext) -> bool:
    """Whether a row is meant for at least one level and one leerjaar of this school."""
    return _fits_level(row, school.levels) and _fits_leerjaar(row, school.leerjaren)


def _fits_level(row: CatalogueRow, levels: frozenset[str]) -> bool:
    parts = frozenset[str]().union(*(_LEVEL_PARTS.get(level, {level}) for level in levels))
    return EVERY_LEVEL in row.levels or not parts.isdisjoint(row.levels)


def _fits_leerjaar(row: CatalogueRow, leerjaren: frozenset[int]) -> bool:
    first, last = row.leerjaar_from, row.leerjaar_to
    if first is None and last is None:
        return True
    return any((first or 1) <= leerjaar <= (last or leerjaar) for leerjaar in leerjaren)


def _place(row: CatalogueRow) -> int:
    """Put what can be done first, then what inspires, then theme weeks."""
    if row.type is Kind.THEME_WEEK:
        return 2
    return 1 if row.is_inspiration else 0


def _reach(row: CatalogueRow) -> int:
    if _FOR_ALL.intersection(row.layer):
        return 0
    return 1 if Layer.SELECTIVE in row.layer else 2


def _layer_remarks(row: CatalogueRow) -> Iterator[str]:
    layers = set(row.layer)
    if layers & _FOR_ALL:
        if layers & _FOR_SOME:
            yield FURTHER_LAYERS
    elif Layer.SELECTIVE in layers:
        yield SELECTIVE if Layer.INDICATED not in layers else SELECTIVE_AND_INDICATED
    else:
        yield INDICATED
