"""Subjects from the same questions, protected together.

Who vapes every week has vaped at some time: the one taken from the other leaves the pupils who vape less
often, a count of pupils like any other. Such sums and differences are held to the same rule over the
whole menu, and what a shown subject tells about a hidden one counts as told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations as pairs_of

from wellbeing.estimation.protection import Bounds, Cell, Menu, Sheet, Shown

Known = Mapping[str, list[Bounds]]
"""What is known of each subject and each sum, per group."""


@dataclass(frozen=True, slots=True)
class Combination:
    """Subjects that together count a group of answers: the sum of their cases, each added or taken away.

    ``parts`` are subjects with +1 or -1, the most important first; ``wholes`` is how often all pupils
    are added. A combination that is always ``empty`` counts nobody (a subject and its opposite): it
    is no secret, but it tells one part from the others.
    """

    parts: tuple[tuple[str, int], ...]
    wholes: int = 0
    empty: bool = False


def protect_together(menus: Mapping[str, Menu], combinations: Iterable[Combination]) -> dict[str, Shown]:
    """Tell for subjects over one menu of groups what may be shown, as ``protect_cells`` does for one.

    Of a combination that tells too much the least important subject is hidden first.

    >>> from wellbeing.estimation.protection import Rules
    >>> rules = Rules(pupils=30, cases=5, width=4)
    >>> menus = {"ever": Menu(Cell(80, 12), [], rules), "weekly": Menu(Cell(80, 9), [], rules)}
    >>> protect_together(menus, [Combination((("ever", 1), ("weekly", -1)))])  # 3 pupils, but not every week
    {'ever': (True, []), 'weekly': (False, [])}
    """
    sheets = {name: Sheet(menu) for name, menu in menus.items()}
    for sheet in sheets.values():
        sheet.settle()
    known = [each for each in combinations if all(name in sheets for name, _ in each.parts)]
    for family in _families(known):
        _Family(family, sheets).settle()
    return {name: sheet.result() for name, sheet in sheets.items()}


def _families(combinations: Sequence[Combination]) -> list[list[Combination]]:
    """Lay combinations together that have a subject in common, directly or through others."""
    families: list[list[Combination]] = []
    for each in combinations:
        names = dict(each.parts)
        linked = [family for family in families if any(name in names for other in family for name, _ in other.parts)]
        families = [family for family in families if family not in linked]
        families.append([*(other for family in linked for other in family), each])
    return families


class _Sum(Sheet):
    """A combination over the menu: nobody shows its counts, but its subjects may tell them."""

    def __init__(self, combination: Combination, sheets: Mapping[str, Sheet]) -> None:
        """Take the denominators of the subject with the most answers, and the strictest rules."""
        self.combination = combination
        self.parts = [(sign, sheets[name]) for name, sign in combination.parts]
        widest = max((part for _, part in self.parts), key=lambda part: part.cells[0].total)
        strictest = max((part.rules for _, part in self.parts), key=lambda rules: rules.cases)
        # What is known of several subjects together is a little less exact than of one: keep one value in hand.
        self.rules = replace(strictest, width=strictest.width + 1)
        self.tables, self.nesting = widest.tables, widest.nesting
        self.fixed = [combination.wholes * cell.total for cell in widest.cells]
        self.cells = [
            Cell(cell.total, self.fixed[at] + sum(sign * part.cells[at].cases for sign, part in self.parts))
            for at, cell in enumerate(widest.cells)
        ]
        self.shown = [False] * len(self.cells)
        self.remainders = self.limits_of_remainders()

    def widest_bounds(self) -> list[Bounds]:
        """Give what is known of the sum as such: it counts pupils, or nobody."""
        found = []
        for at, cell in enumerate(self.cells):
            least, most = self._skipped(at), 0 if self.combination.empty else cell.total
            # Pupils who skipped one of the questions make a sum a little off: never rule out what is so.
            found.append(Bounds(min(least, cell.cases), max(most, cell.cases)))
        return found

    def _skipped(self, at: int) -> int:
        """Give the pupils who certainly are in the sum: they have the wide subject, and skipped the narrow one.

        Whoever has not the wide subject has not the narrow one either, also where that was skipped.
        """
        is_inside = self.combination.wholes == 0 and sum(sign for sign, _ in self.parts) == 0 and len(self.parts) == 2
        return max(0, sum(sign * part.cells[at].total for sign, part in self.parts)) if is_inside else 0


@dataclass(frozen=True, slots=True)
class _Equation:
    """Counts that add up to nothing in each group: names with their sign and sheet, and what is fixed."""

    terms: tuple[tuple[str, int, Sheet], ...]
    fixed: Sequence[int]

    def tell(self, known: Known) -> set[str]:
        """Narrow what is known of each term by the others; name the terms with news."""
        news = set()
        for at, fixed in enumerate(self.fixed):
            low = high = fixed
            for name, sign, _ in self.terms:
                bound = known[name][at]
                low, high = (low + bound.low, high + bound.high) if sign > 0 else (low - bound.high, high - bound.low)
            for name, sign, sheet in self.terms:
                bound = known[name][at]
                least, most = (bound.high - high, bound.low - low) if sign > 0 else (low + bound.high, high + bound.low)
                if least > bound.low or most < bound.high:
                    cases = sheet.cells[at].cases
                    if bound.tighten(min(least, cases), max(most, cases)):
                        news.add(name)
        return news


class _Family:
    """Subjects of the same questions, the sums they make, and how all of them hang together."""

    def __init__(self, combinations: Sequence[Combination], sheets: Mapping[str, Sheet]) -> None:
        """Lay out every sum, and every three counts of which one is the sum of the others."""
        self.sums = {f"sum {at}": _Sum(each, sheets) for at, each in enumerate(combinations)}
        self.subjects = {name: sheets[name] for each in combinations for name, _ in each.parts}
        self.sheets: dict[str, Sheet] = {**self.subjects, **self.sums}
        self.equations = [*self._definitions(), *self._threes()]

    @cached_property
    def anyway(self) -> Known:
        """What would be known if nothing were shown, from the numbers of pupils alone."""
        return self._known({name: [Bounds(0, c.total) for c in s.cells] for name, s in self.subjects.items()})

    def _definitions(self) -> Iterator[_Equation]:
        for name, each in self.sums.items():
            parts = [(part, sign, self.subjects[part]) for part, sign in each.combination.parts]
            yield _Equation((*parts, (name, -1, each)), each.fixed)

    def _threes(self) -> Iterator[_Equation]:
        """Give the sums that add up to a subject: smokes only, and smokes and vapes, are all who smoke."""
        made = {name: each for name, each in self.sums.items() if not each.combination.wholes}
        for (one, first), (other, second) in pairs_of(made.items(), 2):
            total = dict(first.combination.parts)
            for part, sign in second.combination.parts:
                total[part] = total.get(part, 0) + sign
            left = [(part, sign) for part, sign in total.items() if sign]
            if len(left) == 1 and left[0][1] == 1:
                subject = left[0][0]
                terms = ((one, 1, first), (other, 1, second), (subject, -1, self.subjects[subject]))
                yield _Equation(terms, [0] * len(first.cells))

    def settle(self) -> None:
        """Hide until nothing follows from the subjects together, or nothing is left to hide."""
        while True:
            for sheet in self.subjects.values():
                sheet.settle()
            known = self._known({name: sheet.bounds() for name, sheet in self.subjects.items()})
            # One thing at a time: what is hidden for one count may be enough for the next.
            if not any(self._hide(name, parts, known[name]) for name, parts in self._turns()):
                return

    def _turns(self) -> Iterator[tuple[str, list[Sheet]]]:
        """Give what must be looked at, with the subjects to hide for it, the least important first."""
        for name, each in self.sums.items():
            if not each.combination.empty:
                yield name, [part for _, part in reversed(each.parts)]
        for name, sheet in self.subjects.items():
            near = [each for each in self.sums.values() if name in dict(each.combination.parts)]
            others = dict.fromkeys(part for each in near for _, part in reversed(each.parts) if part is not sheet)
            yield name, [*others, sheet]

    def _known(self, known: dict[str, list[Bounds]]) -> Known:
        """Give what all subjects together tell about each count, from what each tells by itself."""
        known |= {name: each.widest_bounds() for name, each in self.sums.items()}
        news = set(known)
        while news:
            asked = [equation for equation in self.equations if any(name in news for name, _, _ in equation.terms)]
            news = {name for equation in asked for name in equation.tell(known)}
            for name in news:
                self.sheets[name].push_totals(known[name])
            if not news:
                # Groups inside groups take the most work: they come when the rest has nothing more to tell.
                news = {name for name, sheet in self.sheets.items() if sheet.push_inside(known[name])}
                for name in news:
                    self.sheets[name].push_totals(known[name])
        return known

    def _hide(self, name: str, parts: Sequence[Sheet], known: Sequence[Bounds]) -> bool:
        """Hide one thing of these parts where a count is known too well; tell whether there was any."""
        sheet = self.sheets[name]
        if not sheet.shown[0] and sheet.is_open(0, known) and known[0] != self.anyway[name][0]:
            return any(part.hide_all() for part in parts)
        for table in sheet.tables:
            narrow = [at for at in table if not sheet.shown[at] and sheet.is_open(at, known)]
            if any(known[at] != self.anyway[name][at] and _hide_group(parts, at, table) for at in narrow):
                return True
            is_open = sheet.leaks(table, known) and not sheet.leaks(table, self.anyway[name])
            if is_open and _hide_group(parts, 0, table):
                return True
        remainders = list(sheet.open_remainders(known))
        if remainders:
            open_anyway = list(sheet.open_remainders(self.anyway[name]))
            remainders = [places for places in remainders if places not in open_anyway]
        return any(part.hide_first(places) for places in remainders for part in parts)


def _hide_group(parts: Sequence[Sheet], at: int, table: Sequence[int]) -> bool:
    """Hide the group itself or another one of its table, of the least important part that shows any; or else all."""
    if any(part.hide_first([at, *reversed(table)] if at else reversed(table)) for part in parts):
        return True
    return any(part.hide_all() for part in parts)
