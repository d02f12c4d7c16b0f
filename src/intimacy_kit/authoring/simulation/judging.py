"""Whether a report is within limits, and what to tell the writer of a pack where it is not."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from attrs import define, evolve, frozen

from intimacy_kit.authoring.proofs.steps import nothing_in
from intimacy_kit.authoring.simulation.limits import Limits
from intimacy_kit.authoring.simulation.reports import Life, Measure, PersonaSeen, Report
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.vocabulary import DEPTHS
from intimacy_kit.problems import Problem, Where

__all__ = ["judged"]

#: So many ids stand in a message; the report has more of them.
_NAMED = 3
#: An activity may wait this much longer than it takes to show everything once.
_PATIENCE = 1.5
_A_DAY = 3
#: Where no pack was given, there is nothing all the same.
_NO_PACK = (("", ""),)
_OURS = "this is a fault of the kit and not of the pack; please report it with the pack and the seed"


@frozen
class _Unseen:
    """What was never offered, to one profile or to all that a persona allows."""

    persona: str
    whose: str
    of: Life | PersonaSeen


@define
class _Bench:
    """Judges a report."""

    report: Report
    limits: Limits
    packs: Sequence[Pack]

    def all(self) -> Iterator[tuple[Measure, Problem | None]]:
        yield self._never_offered()
        yield self._empty()
        yield self._waits()
        for depth in DEPTHS:
            yield from self._first(depth)
        yield self._wrong(
            "crossed", "K604", "boundaries crossed", "what people do not allow, or have no time for, came"
        )
        yield self._wrong("repeated", "K603", "repeats inside the rest", "what should have rested came again")
        yield self._wrong("locked", "K607", "locked again", "what was offered once could not come again")
        yield self._wrong("lost", "K608", "lost in an update", "what was done was forgotten after an update")

    def _never_offered(self) -> tuple[Measure, Problem | None]:
        found = list(self._unseen())
        worst = max(found, key=lambda one: one.of.never_offered)
        of, share, limit = worst.of, worst.of.never_offered, self.limits.never_offered
        measure = Measure(code="K601", name="never offered", value=share, limit=limit, whose=worst.whose, share=True)
        if share <= limit:
            return measure, None
        count = round(share * of.allowed)
        said = (
            f"{count} of {of.allowed} activities ({share:.0%}) {'was' if count == 1 else 'were'} never offered"
            f" in {_days(self.report.days)}"
            f" ({worst.whose}): {self._ids(of.never, count)}; at most {limit:.0%} may be"
        )
        if of.possible < of.allowed:
            said = (
                f"of {of.possible} activities that can be shown in {_days(self.report.days)}, {share:.0%} were not"
                f" ({worst.whose}); at most {limit:.0%} may be"
            )
        names = [one.persona for one in found if one.of.never_offered > limit]
        hint = f"let {'it' if count == 1 else 'them'} wait for less, or for what these people do"
        hint += self._also(names, worst.persona)
        return self._failed(measure, said, hint, of.never[:1])

    def _unseen(self) -> Iterator[_Unseen]:
        """Give each profile of those who are steady; of those who hold back all profiles together.

        Those who stop are not asked: what opens later could not come to them, and that is as it should be.
        """
        steady = {persona.name for persona in self.report.personas if persona.steady and persona.stays}
        for life in self.report.lives:
            if life.persona in steady:
                yield _Unseen(life.persona, _whose(life), life)
        for persona in self.report.personas:
            if not persona.steady and persona.stays:
                yield _Unseen(persona.name, f"{persona.name}, whatever they allow", persona)

    def _empty(self) -> tuple[Measure, Problem | None]:
        worst = max(self.report.lives, key=lambda life: life.longest_empty_run)
        value, limit = worst.longest_empty_run, self.limits.empty_run
        measure = Measure(code="K602", name="longest empty run, days", value=value, limit=limit, whose=_whose(worst))
        if value <= limit:
            return measure, None
        said = f"on {_days(value)} in a row there was nothing for them ({_whose(worst)}); at most {limit} may be so"
        names = [life.persona for life in self.report.lives if life.longest_empty_run > limit]
        alone = {persona.name for persona in self.report.personas if persona.alone}
        more = "let more of it work alone" if worst.persona in alone else "give them more activities"
        hint = f"{more}, or let these rest for fewer days" + self._also(names, worst.persona)
        return self._failed(measure, said, hint)

    def _waits(self) -> tuple[Measure, Problem | None]:
        def excess(life: Life) -> float:
            return life.longest_wait - self._patience(life)

        worst = max(self.report.lives, key=lambda life: (excess(life), life.longest_wait))
        value, limit = worst.longest_wait, self._patience(worst)
        measure = Measure(code="K605", name="longest wait, days", value=value, limit=limit, whose=_whose(worst))
        if value <= limit:
            return measure, None
        said = (
            f"{self._ids([worst.longest_waited], 1)} could have been offered, and waited {_days(value)}"
            f" ({_whose(worst)}); at most {limit} may be"
        )
        names = [life.persona for life in self.report.lives if excess(life) > 0]
        hint = "let it take fewer minutes, or let less come before it" + self._also(names, worst.persona)
        return self._failed(measure, said, hint, (worst.longest_waited,))

    def _patience(self, life: Life) -> int:
        return max(self.limits.longest_wait, int(_PATIENCE * life.pool / _A_DAY))

    def _first(self, depth: int) -> Iterator[tuple[Measure, Problem | None]]:
        """Give the first day of a depth, where somebody allows it."""
        steady = {persona.name for persona in self.report.personas if persona.steady}
        word, place = DEPTHS[depth], depth - 1
        limit = int(getattr(self.limits, f"first_{word}"))
        lives = [life for life in self.report.lives if life.persona in steady]
        value, worst = max(((_looked_for(life, place), life) for life in lives), key=lambda one: one[0])
        if not value:
            return
        late = [life for life in lives if _is_late(life, place, limit)]
        if late:  # of those that were judged: somebody who had not long enough may have waited longer than these
            value, worst = max(((_looked_for(life, place), life) for life in late), key=lambda one: one[0])
        never = (worst.missed[place] or 0) >= value
        measure = Measure(
            code="K606",
            name=f"first {word}, day",
            value=None if never else value,
            limit=limit,
            whose=_whose(worst),
            ok=None if never else True,
            lived=value,
        )
        if not late:
            yield measure, None
            return
        said = (
            f"nothing {word} came in {_days(value)} ({_whose(worst)})"
            if never
            else f"the first {word} activity came on day {value} ({_whose(worst)})"
        )
        hint = f"let what is {word} ask for less" + self._also([life.persona for life in late], worst.persona)
        yield self._failed(measure, f"{said}; it may take {limit}", hint, self._waiting(depth))

    def _waiting(self, depth: int) -> tuple[str, ...]:
        """Return the first activity of a depth that waits for something; nothing where none does."""
        there = chain.from_iterable(pack.activities for pack in self.packs)
        waiting = (one.id for one in there if one.depth == depth and one.requires is not None and not one.retired)
        return tuple(islice(waiting, 1))

    def _wrong(self, what: str, code: str, name: str, words: str) -> tuple[Measure, Problem | None]:
        wrongs = [(life, wrong) for life in self.report.lives for wrong in life.wrong if wrong.what == what]
        value, limit = sum(wrong.times for _, wrong in wrongs), int(getattr(self.limits, what))
        who = _whose(wrongs[0][0]) if wrongs else ""
        measure = Measure(code=code, name=name, value=value, limit=limit, whose=who)
        if value <= limit:
            return measure, None
        ids = tuple(dict.fromkeys(chain.from_iterable(wrong.ids for _, wrong in wrongs)))
        times = "once" if value == 1 else f"{value} times"
        said = f"{words}, {times} (first: {who}): {self._ids(ids, len(ids))}"
        return self._failed(measure, said, _OURS, ids[:1])

    def _ids(self, ids: Sequence[str], count: int) -> str:
        """Return how some activities are called: by their slugs where there is one pack."""
        own = f"{self.report.packs[0][0]}/" if len(self.report.packs) == 1 else ""
        return _some([f"'{one.removeprefix(own)}'" for one in ids[:_NAMED]], count)

    def _also(self, names: Sequence[str], said: str) -> str:
        """Return who else it happens to."""
        among = {persona.name: persona.among for persona in self.report.personas}
        others = list(dict.fromkeys(among[name] for name in names if among[name] != among[said]))
        return f"; the same for: {_some(others, len(others))}" if others else ""

    def _failed(self, measure: Measure, said: str, hint: str, ids: Sequence[str] = ()) -> tuple[Measure, Problem]:
        return evolve(measure, ok=False), Problem(self._where(*ids), measure.code, said, hint)

    def _where(self, activity: str = "") -> Where:
        """Return the place of an activity in the compiled pack, else the pack, else all the packs."""
        for pack in self.packs:
            for index, one in enumerate(pack.activities):
                if one.id == activity:
                    return Where(pack.name, pointer=f"/activities/{index}")
        return _everywhere(self.report)


def judged(report: Report, limits: Limits, packs: Sequence[Pack]) -> Report:
    """Return a report with what was measured, and problems where it is too much."""
    if not report.lives:
        return evolve(report, problems=tuple(nothing_in(name) for name, _ in report.packs or _NO_PACK))
    found = list(_Bench(report, limits, packs).all())
    return evolve(
        report,
        measures=tuple(measure for measure, _ in found),
        problems=tuple(problem for _, problem in found if problem is not None),
    )


def _looked_for(life: Life, place: int) -> int:
    """Return the most looks it took some couple until a depth came, or in which it did not."""
    return max(life.first_looks[place] or 0, life.missed[place] or 0)


def _is_late(life: Life, place: int, limit: int) -> bool:
    """Tell whether a depth came later than it may, or had not come when it had to."""
    return (life.first_looks[place] or 0) > limit or (life.missed[place] or 0) >= limit


def _everywhere(report: Report) -> Where:
    return Where(", ".join(name for name, _ in report.packs))


def _whose(life: Life) -> str:
    """Return whose life it is, in words."""
    return f"{life.persona}, {life.profile}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _some(names: Sequence[str], count: int) -> str:
    """Return the first of so many names, and how many more there are."""
    more = count - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
