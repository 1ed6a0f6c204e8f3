"""How a figure was worked out, in words, with the figures filled in exactly as they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from wellbeing.model.reference import VerdictLimits
from wellbeing.model.results import Certainty, Change, Course, Dimension, LongRun, Proportion, Verdict
from wellbeing.presentation import formats, wording
from wellbeing.presentation.figures import Mark, Subject, Working

REBUILT = (
    "Het aantal leerlingen met dit antwoord is teruggerekend: percentage keer aantal leerlingen. Een afgerond "
    "percentage past bij meer aantallen; we rekenen met het aantal dat het dichtst bij het cijfer ernaast ligt. Zo "
    "noemen we niet te snel een verschil."
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the figures of a page come from, for whoever works them out again."""

    school: str
    year: str
    bouw: str
    file_name: str
    codebook: str
    version: str
    is_pooled: bool = False
    is_stated: bool = False


def steps(subject: Subject, origin: Origin, limits: VerdictLimits) -> tuple[tuple[str, str], ...]:
    """Give the steps from answers to label, each with its name; nothing for a hidden figure."""
    if subject.school is None or subject.working is None:
        return ()
    found = [("Cijfer", _share(subject, subject.working)), ("Marge", _margin(subject))]
    found += [("Ernaast", _beside(subject, mark)) for mark in subject.marks if mark.percentage is not None]
    if subject.beside is not None and subject.points is not None:
        found.append(("Verschil", _difference(subject, subject.working, subject.beside)))
        found.append(("Label", _label(subject, subject.beside, limits)))
    found.append(("Bron", _source(origin)))
    return (*found, ("Narekenen", REBUILT if origin.is_stated else _again(subject, origin)))


def course_steps(course: Course, tested: int, origin: Origin, limits: VerdictLimits) -> tuple[tuple[str, str], ...]:
    """Give the steps from the figures of two years to the label of their difference; nothing where there is none.

    ``tested`` is the number of subjects whose change was compared together.
    """
    if not isinstance(course.change, Change):
        return ()
    before, now = course.figures[-2].figure, course.figures[-1].figure
    assert isinstance(before, Proportion)
    assert isinstance(now, Proportion)
    change = course.change
    lower, upper = round(change.interval.lower * 100), round(change.interval.upper * 100)
    found = [("Verschil", f"{_minus(now.percentage, before.percentage)} {_margin_of(lower, upper)}")]
    found.append(("Label", _reason(_Judged(change.verdict, change.points, before.percentage, tested), limits)))
    if course.long_run is not None:
        found.append(("Richting", _direction(course.long_run)))
    again = (
        "De epidemioloog van de GGD rekent elke meting na met "
        f'`python -m wellbeing compare EXPORT --benchmark CIJFERS --school "{origin.school}" --bouw {origin.bouw} '
        f"--unprotected --out vertrouwelijk.csv`, regel `{course.indicator}`. Getest worden de twee aantallen die het "
        "dichtst bij elkaar liggen van alle aantallen met deze percentages."
    )
    return (*found, ("Bron", _source(origin)), ("Narekenen", again))


def _direction(run: LongRun) -> str:
    per_year = formats.points_a_year(run.points_per_year)
    return (
        f"Over {run.measurements} metingen: {per_year} procentpunt per jaar. Dat volgt uit de afgeronde percentages "
        "en het aantal leerlingen per meting (toets van Cochran en Armitage, met correctie voor alle onderwerpen "
        "tegelijk)."
    )


def _share(subject: Subject, working: Working) -> str:
    about = "" if subject.is_whole_school else "ongeveer "
    pupils = formats.counted(working.pupils, "leerling", "leerlingen")
    percentage = formats.percentage(subject.school.percentage) if subject.school else ""
    weighted = " Gewogen: niet elke leerling telt even zwaar." if working.is_weighted else ""
    return f"{percentage} van {about}{pupils} met een antwoord, afgerond op een heel procent.{weighted}"


def _margin(subject: Subject) -> str:
    assert subject.school is not None
    return f"{subject.school.lower}% tot {subject.school.upper}% (95%-interval volgens Wilson)."


def _beside(subject: Subject, mark: Mark) -> str:
    pupils = formats.counted(mark.pupils or 0, "leerling", "leerlingen")
    name = formats.capital(wording.comparator_name(mark.comparator))
    if subject.group.dimension in {Dimension.LEERJAAR, Dimension.GENDER}:
        name = f"{subject.group.label} in de regio, {mark.comparator.year}"
    if not mark.pupils:
        return f"{name}: {formats.percentage(mark.percentage or 0)}, zoals in de tabel; aantal leerlingen onbekend."
    return f"{name}: {formats.percentage(mark.percentage or 0)} van {pupils}."


def _difference(subject: Subject, working: Working, beside: Mark) -> str:
    assert subject.school is not None
    sum_ = _minus(subject.school.percentage, beside.percentage or 0)
    if working.lower is None or working.upper is None:
        return sum_
    return f"{sum_} {_margin_of(working.lower, working.upper)}"


def _minus(own: int, other: int) -> str:
    points = formats.points(own - other)
    return f"{own}% {formats.MINUS} {other}% = {points} procentpunt: het ene afgeronde cijfer min het andere."


def _margin_of(lower: int, upper: int) -> str:
    return f"Marge: {formats.points(lower)} tot {formats.points(upper)} (95%-interval)."


def _label(subject: Subject, beside: Mark, limits: VerdictLimits) -> str:
    tested = subject.working.tested if subject.working else 0
    return _reason(_Judged(subject.verdict, subject.points or 0, beside.percentage or 0, tested), limits)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A label, and what it was given for: points, the percentage beside it, and subjects tested together."""

    verdict: Verdict | None
    points: int
    beside: int
    tested: int


def _reason(judged: _Judged, limits: VerdictLimits) -> str:
    is_rare = judged.beside < limits.rare_below
    needed = limits.points_for_rare if is_rare else limits.points
    why = f", omdat het cijfer ernaast onder {limits.rare_below}% ligt" if is_rare else ""
    rule = f"Een verschil telt vanaf {needed} procentpunt{why}."
    return f"{rule} {_certainty(judged.verdict, abs(judged.points) >= needed, judged.tested, limits)}"


def _certainty(verdict: Verdict | None, is_large: bool, tested: int, limits: VerdictLimits) -> str:
    correction = (
        f"correctie voor {formats.counted(tested, 'onderwerp', 'onderwerpen')} tegelijk "
        f"(Benjamini-Hochberg, grens {formats.whole(limits.false_discovery_rate * 100)}%)"
    )
    single = f"grens {formats.whole(limits.alpha * 100)}%"
    if verdict is None:
        return "Er deden te weinig leerlingen mee voor een label."
    if verdict.certainty is Certainty.CLEAR:
        return f"Te groot voor toeval, ook na {correction}: {wording.verdict(verdict)}."
    if verdict.certainty is Certainty.POSSIBLE:
        return f"Los bekeken te groot voor toeval ({single}), maar niet na {correction}: {wording.verdict(verdict)}."
    if not is_large:
        return "Dit verschil is kleiner: geen aantoonbaar verschil."
    return f"Groot genoeg, maar het kan toeval zijn ({single}): geen aantoonbaar verschil."


def _source(origin: Origin) -> str:
    file_name = f"bestand {origin.file_name}; " if origin.file_name else ""
    return (
        f"{origin.school}, {origin.year}; {file_name}vragenlijst {origin.codebook}; dashboard versie {origin.version}."
    )


def _again(subject: Subject, origin: Origin) -> str:
    by = {"niveau": " --by niveau", "klas": " --by klas", "geslacht": " --by geslacht"}.get(
        subject.group.dimension.value, ""
    )
    weight = " --weight KOLOM" if subject.working and subject.working.is_weighted else ""
    pooled = " Dat gaat per meting; tel daarna de aantallen op." if origin.is_pooled else ""
    return (
        "De epidemioloog van de GGD rekent dit precies na met "
        f'`python -m wellbeing compare EXPORT --benchmark CIJFERS --school "{origin.school}" --bouw {origin.bouw}{by}'
        f"{weight} --unprotected --out vertrouwelijk.csv`, regel `{subject.indicator.id}`.{pooled}"
    )
