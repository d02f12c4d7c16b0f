"""Depth rises one step at a time (K505), and nothing tender comes before an orientation (K506)."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, partial

from attrs import frozen

from intimacy_kit.authoring.proofs.asking import parts_of
from intimacy_kit.authoring.proofs.findings import Finding, Words, depth, grouped, in_doubt
from intimacy_kit.authoring.proofs.profiles import EVERYTHING, TENDER, Profile, unions
from intimacy_kit.authoring.proofs.reach import Reached, reach
from intimacy_kit.authoring.proofs.searching import Answers, budget, cone, likely, search
from intimacy_kit.authoring.proofs.systems import System
from intimacy_kit.content.gates import AllOf, Resolved
from intimacy_kit.content.vocabulary import DEPTHS
from intimacy_kit.problems import Where

__all__ = ["jumping", "jumps", "unprepared", "without_orientation"]


@frozen(eq=False)
class _Without:
    """A system in which something is never acted on: who reaches what all the same?"""

    system: System
    #: Of each class, whether it is acted on.
    acted_on: list[bool]
    orientations: bool = True
    #: What somebody has to allow, one of these at least.
    companions: tuple[Profile, ...] = (Profile(1),)

    def reached_by(self, profile: Profile) -> Reached:
        """Return what somebody reaches."""
        permitted = [profile.permits(one.least) for one in self.system.classes]
        joins = [one and other for one, other in zip(permitted, self.acted_on, strict=True)]
        return reach(self.system, joins, [not one for one in permitted], orientations=self.orientations)

    def at_most(self, least: Profile) -> Reached:
        """Return more than anybody reaches who allows so much at least."""
        withheld = [not least.permits(one.least) for one in self.system.classes]
        return reach(self.system, self.acted_on, withheld, orientations=self.orientations)

    def early(self, places: Iterable[int]) -> Answers[int, Profile]:
        """Return, by group, who comes to it all the same."""
        least = {place: self.system.least_of(place) for place in places}
        bounds = cache(lambda profile: self.at_most(profile).days)
        asked = {place: one for place, one in least.items() if bounds(Profile(one.depth))[place] >= 0}

        def failing(profile: Profile, places: Collection[int]) -> Iterator[int]:
            if not any(profile.permits(one) for one in self.companions):
                return iter(())
            reached = self.reached_by(profile)
            return (place for place in places if reached.days[place] >= 0 and profile.permits(least[place]))

        lines = likely(self.system, asked)
        seeds = [*lines, *(one | other for one in lines for other in self.companions)]
        questions = {place: partial(self._cases, place, least[place], bounds) for place in asked}
        return search(questions, seeds, failing, budget(self.system))

    def _cases(self, place: int, least: Profile, bounds: Callable[[Profile], list[int]]) -> Iterable[Profile]:
        """Give the profiles in which a group could be reached; none where that is known to be impossible."""
        starts = sorted({least | other for other in self.companions}) if bounds(least)[place] >= 0 else []
        near = cone(self.system, [self.system.groups[place].gate])
        return (one for start in starts if bounds(start)[place] >= 0 for one in unions(start, near))


def jumps(system: System, best: Reached) -> Iterator[tuple[int, Answers[int, Profile]]]:
    """Give, by depth, the groups that somebody comes to without anything of the depth before."""
    for deep in list(DEPTHS)[1:]:
        before = [one.least for one in system.classes if one.least.depth == deep - 1]
        if before:
            acted_on = [one.least.depth != deep - 1 for one in system.classes]
            places = _reached(best, {deep})
            yield deep, _Without(system, acted_on, companions=_least(before)).early(places)


def _least(profiles: Iterable[Profile]) -> tuple[Profile, ...]:
    """Return those that permit none of the others."""
    chosen: list[Profile] = []
    for one in sorted(set(profiles), key=lambda profile: (profile.topics.bit_count(), profile)):
        if not any(one.permits(other) for other in chosen):
            chosen.append(one)
    return tuple(chosen)


def unprepared(system: System, best: Reached) -> Answers[int, Profile]:
    """Return the groups that somebody comes to without an orientation before."""
    places = _reached(best, {depth for depth in DEPTHS if depth >= TENDER})
    places = [place for place in places if not system.groups[place].orients]
    return _Without(system, [True] * len(system.classes), orientations=False).early(places)


def _reached(best: Reached, depths: Collection[int]) -> list[int]:
    """Return the groups of some depths that are reached."""
    return [n for n, day in enumerate(best.days) if day >= 0 and best.system.least_of(n).depth in depths]


def jumping(system: System, best: Reached) -> Iterator[Finding]:
    """Say what somebody comes to without a step before that they allow."""
    for deep, answers in jumps(system, best):
        what, wish = f"before anything {depth(deep - 1)} was done", f"{{count: {{depth: {deep - 1}, n: 1}}}}"
        yield from _early(system, "K505", answers, what, partial(_waiting_for, system, wish))
        doubt = f"{{names}} {{opens}} {what}"
        yield from in_doubt(system, system.members(answers.unproved), "K505", doubt, f"let it wait for {wish} too")


def without_orientation(system: System, best: Reached) -> Iterator[Finding]:
    """Say what somebody comes to without an orientation."""
    answers = unprepared(system, best)
    what, hint = "before any orientation was done", partial(_preparing, system, best)
    yield from _early(system, "K506", answers, what, hint)
    for said, numbers in grouped((hint(number), number) for number in system.members(answers.unproved)):
        yield from in_doubt(system, numbers, "K506", f"{{names}} {{opens}} {what}", said)


def _preparing(system: System, best: Reached, number: int) -> str:
    """Return how an activity waits for an orientation of its own pack that everybody can be shown."""
    pack = system.places[number][0]
    there = (other for other, one in enumerate(system.activities) if one.purpose == "orientation")
    open_to_all = (other for other in there if best.opened(other) and system.least(other) == Profile(1))
    orientation = next((other for other in open_to_all if system.places[other][0] == pack), None)
    if orientation is None:
        return "write a guide with 'purpose: orientation', of depth 1 and without topics, and let it wait for that"
    slug = system.activities[orientation].slug
    declined = (part for _, part in parts_of(system.activities[number].requires) if isinstance(part, Resolved))
    if any(system.permitted(part.id) == orientation for part in declined):
        return f"write {{done: {slug}}} for {{resolved: {slug}}}: it may have been put aside unread"
    return _waiting_for(system, f"{{done: {slug}}}", number)


def _waiting_for(system: System, wish: str, number: int) -> str:
    """Return what to write, so that an activity waits for something more."""
    gate = system.activities[number].requires
    if gate is None:
        return f"write requires: {wish}"
    if isinstance(gate, AllOf):
        return f"add {wish} to the list under 'all'"
    return f"let it wait for {wish} too: both in a list under 'all'"


def _early(
    system: System, code: str, answers: Answers[int, Profile], what: str, hints: Callable[[int], str]
) -> Iterator[Finding]:
    words = Words(system)
    places = (
        ((profile, hints(number)), number)
        for place, profile in answers.witnesses.items()
        for number in system.groups[place].members
    )
    for (profile, hint), numbers in grouped(places):
        who = "" if profile == EVERYTHING else f"for {words.people(profile)}, "
        said = f"{who}{words.those(numbers, 'opens', 'open')} {what}{words.also(numbers)}"
        about = [(system.activities[n].id, _place(system, n)) for n in sorted(numbers)]
        yield Finding(code, about, said, hint)


def _place(system: System, number: int) -> Where:
    """Return where it is to be mended: at the gate, or at the depth where there is no gate."""
    return system.where(number, "/depth" if system.activities[number].requires is None else "/requires")
