"""Dutch sentences that are used in more than one place; each says exactly what its figure says."""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence

from wellbeing.model.reference import Bouw, Direction, Indicator, ResponseLimits, TalkingPoints
from wellbeing.model.results import (
    Certainty,
    Comparator,
    ComparatorKind,
    Course,
    Detectable,
    NotComparable,
    PublishedMeasurement,
    Reason,
    Sense,
    Suppressed,
    ThemeFinding,
    Verdict,
    whole_percentage,
)
from wellbeing.presentation import formats

# From this whole percentage on: these words. "Ruim" lies above its share, "bijna" below it, and every
# phrase takes a singular verb, so that it fits any sentence of a codebook.
FREQUENCIES: tuple[tuple[int, str], ...] = (
    (0, "bijna geen leerling"),
    (1, "{p} op de 100 leerlingen"),
    (5, "1 op de 20 leerlingen"),
    (6, "{p} op de 100 leerlingen"),
    (9, "bijna 1 op de 10 leerlingen"),
    (10, "1 op de 10 leerlingen"),
    (11, "ruim 1 op de 10 leerlingen"),
    (13, "{p} op de 100 leerlingen"),
    (15, "ruim 1 op de 7 leerlingen"),
    (16, "bijna 1 op de 6 leerlingen"),
    (17, "ruim 1 op de 6 leerlingen"),
    (18, "bijna 1 op de 5 leerlingen"),
    (20, "1 op de 5 leerlingen"),
    (21, "ruim 1 op de 5 leerlingen"),
    (23, "bijna een kwart van de leerlingen"),
    (25, "een kwart van de leerlingen"),
    (26, "ruim een kwart van de leerlingen"),
    (28, "bijna 3 op de 10 leerlingen"),
    (30, "3 op de 10 leerlingen"),
    (31, "ruim 3 op de 10 leerlingen"),
    (33, "1 op de 3 leerlingen"),
    (34, "ruim een derde van de leerlingen"),
    (37, "bijna 4 op de 10 leerlingen"),
    (40, "4 op de 10 leerlingen"),
    (41, "ruim 4 op de 10 leerlingen"),
    (45, "bijna de helft van de leerlingen"),
    (50, "de helft van de leerlingen"),
    (51, "ruim de helft van de leerlingen"),
    (56, "bijna 6 op de 10 leerlingen"),
    (60, "6 op de 10 leerlingen"),
    (61, "ruim 6 op de 10 leerlingen"),
    (64, "bijna twee derde van de leerlingen"),
    (67, "twee derde van de leerlingen"),
    (68, "ruim twee derde van de leerlingen"),
    (70, "7 op de 10 leerlingen"),
    (71, "ruim 7 op de 10 leerlingen"),
    (73, "bijna driekwart van de leerlingen"),
    (75, "driekwart van de leerlingen"),
    (76, "ruim driekwart van de leerlingen"),
    (78, "bijna 8 op de 10 leerlingen"),
    (80, "8 op de 10 leerlingen"),
    (81, "ruim 8 op de 10 leerlingen"),
    (85, "bijna 9 op de 10 leerlingen"),
    (90, "9 op de 10 leerlingen"),
    (91, "ruim 9 op de 10 leerlingen"),
    (96, "{p} op de 100 leerlingen"),
    (100, "bijna elke leerling"),
)
_STARTS = [start for start, _ in FREQUENCIES]

NO_LABEL = "zonder label"
NOT_COMPARABLE = "niet vergelijkbaar"
EXPLORE = (
    "Hoe verder u uitsplitst, hoe meer verschillen toeval zijn. Gebruik uitsplitsingen om vragen te stellen, niet om "
    "conclusies te trekken."
)
OTHER_PUPILS = (
    "Twee jaren vergelijken: het zijn grotendeels andere leerlingen. Pas na drie metingen spreken we van een richting."
)
EXPECTED = (
    "**Verwacht**: wat u op deze school mag verwachten met deze niveaus, leerjaren en deze verdeling van jongens en "
    "meisjes. Een verschil daarmee gaat dus niet over de samenstelling van de school."
)
WEIGHTED = "Gewogen cijfers: niet elke leerling telt even zwaar."
NOT_THE_SAME = "Geen aantoonbaar verschil betekent niet: hetzelfde."
SAFETY_NET = (
    "Maakt u zich zorgen om een leerling? Ga naar de jeugdarts of de zorgcoördinator. Praten over zelfdoding kan dag "
    "en nacht bij 113: bel gratis 0800-0113 of chat op 113.nl. Over gedachten aan zelfdoding tonen we alleen het "
    "cijfer van de regio."
)
REASONS: Mapping[Reason, str] = {
    Reason.TOO_FEW_PUPILS: "te weinig leerlingen",
    Reason.SENSITIVE: "gevoelig onderwerp",
    Reason.NOT_SHOWN: "niet getoond",
}
_LEVEL_OF_PLACES: Mapping[ComparatorKind, str] = {
    ComparatorKind.REGION: "regio",
    ComparatorKind.OWN_LEVEL: "zelfde schoolniveau in de regio",
    ComparatorKind.EXPECTED: "verwacht voor deze leerlingen",
}

_ENDS: Mapping[ComparatorKind, str] = {
    ComparatorKind.REGION: "de regio",
    ComparatorKind.OWN_LEVEL: "hetzelfde schoolniveau",
    ComparatorKind.EXPECTED: "verwacht",
}


def common(indicator: Indicator) -> str:
    """Say what occurs often; of something good it is the pupils without it who are many."""
    return "bij veel leerlingen niet" if indicator.higher_is is Direction.FAVOURABLE else "komt veel voor"


def frequency(percentage: int) -> str:
    """Say a whole percentage as people say it: "bijna de helft van de leerlingen".

    >>> frequency(47), frequency(33), frequency(2)
    ('bijna de helft van de leerlingen', '1 op de 3 leerlingen', '2 op de 100 leerlingen')
    """
    _, words = FREQUENCIES[bisect.bisect_right(_STARTS, percentage) - 1]
    return words.format(p=percentage)


def finding(sentence: str, percentage: int) -> str:
    """Fill an indicator's sentence: "{leerlingen} voelt zich veilig." becomes "9 op de 10 leerlingen …"."""
    return formats.capital(sentence.replace("{leerlingen}", frequency(percentage)))


def verdict(label: Verdict | None) -> str:
    """Say a label as it stands on screen; a possible difference always carries its doubt."""
    if label is None:
        return "geen label"
    if label.sense is None:
        return "geen aantoonbaar verschil"
    if label.certainty is Certainty.POSSIBLE:
        return f"lijkt {label.sense.value}, kan toeval zijn"
    return f"{label.certainty.value} {label.sense.value}"


def population(bouw: Bouw) -> str:
    """Name the pupils that figures are about.

    >>> population(Bouw.UPPER), population(Bouw.ALL)
    ('bovenbouw', 'alle leerjaren')
    """
    return "alle leerjaren" if bouw is Bouw.ALL else bouw.value


def comparator_short(comparator: Comparator) -> str:
    """Name what a figure is set beside, without its year."""
    if comparator.label:
        return comparator.label
    rest = " zonder deze school" if comparator.without_school else ""
    return f"{_LEVEL_OF_PLACES[comparator.kind]}{rest}"


def comparator_name(comparator: Comparator) -> str:
    """Name what a figure is set beside, with the school year of that measurement."""
    is_earlier = comparator.kind is ComparatorKind.REGION and not comparator.without_school and not comparator.label
    earlier = " vorige meting" if is_earlier else ""
    return f"{comparator_short(comparator)},{earlier} {comparator.year}"


def than(comparator: Comparator) -> str:
    """End a comparison: "dan in de regio", "dan bij leerlingen van hetzelfde schoolniveau in de regio"."""
    rest = " (zonder deze school)" if comparator.without_school else ""
    if comparator.kind is ComparatorKind.REGION:
        return f"dan in de regio{rest}"
    if comparator.kind is ComparatorKind.EXPECTED:
        return "dan verwacht bij deze niveaus, leerjaren en verdeling van jongens en meisjes"
    return f"dan bij leerlingen van hetzelfde schoolniveau in de regio{rest}"


def headline(outcomes: Mapping[str, int], comparator: Comparator) -> tuple[str, ...]:
    """Say the whole profile in a few sentences, whose numbers add up to all subjects.

    ``outcomes`` gives the number of subjects per label, with NO_LABEL, NOT_COMPARABLE and hidden
    ones under their own words.
    """
    clear = {sense: outcomes.get(f"{Certainty.CLEAR.value} {sense.value}", 0) for sense in Sense}
    possible = sum(outcomes.get(f"{Certainty.POSSIBLE.value} {sense.value}", 0) for sense in Sense)
    same = outcomes.get(Certainty.NONE.value, 0)
    labelled = sum(clear.values()) + possible + same
    first = _clear_differences(sum(outcomes.values()), clear, comparator, said=bool(labelled))
    others = (
        _sentence(possible, "lijkt er een verschil, maar dat kan toeval zijn"),
        _sentence(same, "is er geen aantoonbaar verschil"),
        _sentence(outcomes.get(NO_LABEL, 0), "noemen we geen verschil, omdat te weinig leerlingen meededen"),
        _sentence(outcomes.get(NOT_COMPARABLE, 0), "is vergelijken niet mogelijk"),
        _sentence(outcomes.get(Reason.NOT_SHOWN.value, 0), "laten we geen cijfer zien"),
    )
    return (first, *(sentence for sentence in others if sentence))


def _clear_differences(total: int, clear: Mapping[Sense, int], comparator: Comparator, said: bool) -> str:
    parts = [f"**{count} duidelijk {sense.value}**" for sense, count in clear.items() if count]
    subjects = formats.counted(total, "onderwerp", "onderwerpen")
    if not said:
        return f"We bekeken {subjects}. Verschillen kunnen we niet noemen."
    if not parts:
        return f"Van de {subjects} verschilt er geen duidelijk {_from(comparator)}."
    verb = "is" if sum(clear.values()) == 1 else "zijn"
    return f"Van de {subjects} {verb} er {formats.listing(parts)} {than(comparator)}."


def _from(comparator: Comparator) -> str:
    return than(comparator).replace("dan in", "van", 1).replace("dan bij", "van", 1)


def _sentence(count: int, rest: str) -> str:
    return f"Bij {formats.number(count)} {rest}." if count else ""


def theme_title(theme: str, labels: Sequence[Verdict], comparator: Comparator) -> str:
    """Say what stands out in a theme, as the title above its figure: clear differences, or else possible ones.

    Without any label nothing is said: where no figure is shown, there is no "no difference" either.
    """
    for certainty in (Certainty.CLEAR, Certainty.POSSIBLE):
        counts = {sense: labels.count(Verdict(certainty, sense)) for sense in (Sense.UNFAVOURABLE, Sense.FAVOURABLE)}
        found = [(count, sense) for sense, count in counts.items() if count]
        if found:
            end = _ENDS[comparator.kind]
            return f"{theme}: {_counted_senses(found, certainty)} dan {end}"
    return f"{theme}: geen aantoonbare verschillen" if labels else theme


def _counted_senses(found: Sequence[tuple[int, Sense]], certainty: Certainty) -> str:
    (count, sense), *others = found
    subjects = formats.counted(count, "onderwerp", "onderwerpen")
    word = "duidelijk"
    if certainty is Certainty.POSSIBLE:
        word = "lijkt" if count == 1 else "lijken"
    parts = [f"{subjects} {word} {sense.value}", *(f"{number} {other.value}" for number, other in others)]
    return formats.listing(parts)


def response(measurement: PublishedMeasurement) -> str:
    """Say who answered: "412 van de 540 leerlingen vulden de vragenlijst in (76%)."."""
    pupils, could = measurement.respondents, measurement.could_have_answered
    if isinstance(pupils, Suppressed):
        return "Hoeveel leerlingen de vragenlijst invulden, laten we niet zien: het zijn er te weinig."
    verb = "vulde" if pupils == 1 else "vulden"
    if could is None:
        told = formats.counted(pupils, "leerling", "leerlingen")
        return f"{told} {verb} de vragenlijst in. Hoeveel er mee konden doen, is niet ingevuld."
    share = formats.percentage(whole_percentage(min(pupils, could), could))
    asked = formats.counted(could, "leerling", "leerlingen")
    return f"{formats.number(pupils)} van de {asked} {verb} de vragenlijst in ({share})."


def response_warning(measurement: PublishedMeasurement, limits: ResponseLimits) -> str:
    """Warn where so few pupils answered that the figures may not tell about the whole school; else empty."""
    pupils, could = measurement.respondents, measurement.could_have_answered
    if isinstance(pupils, Suppressed) or could is None:
        return ""
    if pupils < limits.no_labels_below * could:
        few = formats.percentage(formats.whole(limits.no_labels_below * 100))
        return (
            f"Minder dan {few} van de leerlingen deed mee. De cijfers gaan daarom alleen over de leerlingen die "
            "antwoordden; we noemen geen verschillen."
        )
    if pupils < limits.warn_below * could:
        few = formats.percentage(formats.whole(limits.warn_below * 100))
        return f"Minder dan {few} van de leerlingen deed mee. De cijfers kunnen afwijken van de hele school."
    return ""


def detectable(measurement: PublishedMeasurement, least: Detectable | None) -> str:
    """Say how large a difference this school's numbers can show at all."""
    if least is None or isinstance(measurement.respondents, Suppressed):
        return NOT_THE_SAME
    pupils = formats.counted(measurement.respondents, "leerling", "leerlingen")
    return (
        f"Met {pupils} zien we verschillen vanaf ongeveer {least.possible} procentpunt (lijkt) en "
        f"{least.clear} procentpunt (duidelijk). {NOT_THE_SAME}"
    )


def small_school(measurement: PublishedMeasurement, limits: TalkingPoints) -> str:
    """Say what a small school may expect of its figures; empty for other schools."""
    pupils = measurement.respondents
    if isinstance(pupils, int) and pupils >= limits.small_school:
        return ""
    if isinstance(pupils, Suppressed):
        few = "Bij zo weinig leerlingen laten we bijna geen cijfers zien."
        return f"{few} Gebruik de gespreksvragen en wat u zelf herkent."
    return (
        "Bij een kleine groep leerlingen zien we per onderwerp alleen grote verschillen. Kijk daarom vooral naar hele "
        "thema's, naar wat vaak voorkomt en naar wat u zelf herkent."
    )


def theme_mean(finding: ThemeFinding) -> str:
    """Say how many subjects a theme was tested with, and how they differ on average.

    >>> theme_mean(ThemeFinding("school", 7, -1, 0.5, 0.6, None))
    '7 onderwerpen, gemiddeld 1 procentpunt naar de gunstige kant'
    """
    subjects = formats.counted(finding.subjects, "onderwerp", "onderwerpen")
    if finding.points == 0:
        return f"{subjects}, gemiddeld 0 procentpunt"
    side = "ongunstige" if finding.points > 0 else "gunstige"
    return f"{subjects}, gemiddeld {formats.number(abs(finding.points))} procentpunt naar de {side} kant"


def together(years: Sequence[str]) -> str:
    """Say what two measurements taken together are."""
    return (
        f"Twee metingen samen: {formats.listing(years)}. Het zijn grotendeels andere leerlingen. Alleen onderwerpen "
        "met in beide jaren dezelfde vraag tellen mee. Zo zien we kleinere verschillen."
    )


def change(course: Course) -> str:
    """Say what changed since the measurement before, or why that cannot be said.

    The label speaks of the school itself: "duidelijk gunstiger dan in 2024-2025".
    """
    if isinstance(course.change, NotComparable):
        return course.change.reason
    points = f"{formats.points(course.change.points)} procentpunt"
    label = verdict(course.change.verdict)
    if course.change.verdict is None or course.change.verdict.sense is None:
        return f"{formats.capital(label)} met {course.change.since} ({points})."
    if course.change.verdict.certainty is Certainty.POSSIBLE:
        sense = course.change.verdict.sense.value
        return f"Lijkt {sense} dan in {course.change.since} ({points}), maar kan toeval zijn."
    return f"{formats.capital(label)} dan in {course.change.since} ({points})."


def long_run(course: Course) -> str:
    """Say the direction over three measurements or more; empty where there are fewer."""
    run = course.long_run
    if run is None:
        return ""
    if run.verdict is None or run.verdict.sense is None:
        return f"Over {run.measurements} metingen zien we geen duidelijke richting."
    up = "omhoog" if run.points_per_year > 0 else "omlaag"
    return f"Over {run.measurements} metingen gaat het {up}, {run.verdict.sense.value} voor leerlingen."
