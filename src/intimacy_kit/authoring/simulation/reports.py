"""What a simulation found: plain values, the same for the same packs, days, couples and seed."""

from typing import Any

from attrs import asdict, frozen

from intimacy_kit.problems import Problem

__all__ = ["Left", "Life", "Measure", "PersonaSeen", "Report", "Seen", "Wrong"]


@frozen(kw_only=True)
class Wrong:
    """Something that must not be, and happened."""

    #: crossed (a boundary, or the time they had), repeated (inside the rest), locked (again), or lost.
    what: str
    times: int
    #: Some of the activities.
    ids: tuple[str, ...]


@frozen(kw_only=True)
class Life:
    """What the couples of one persona and one profile lived through."""

    persona: str
    profile: str
    couples: int
    #: The days on which they looked, of all couples together; so with all that follows up to ``declined``.
    looks: int
    offered: int
    taken: int
    skipped: int
    declined: int
    #: How many different activities a couple was offered, on average.
    distinct: float
    #: How many activities were there for them at any time, with those that only take the place of others.
    pool: int
    #: How many activities were there and allowed from the first day to the last, and fit the time they have.
    allowed: int
    #: How many of them a couple could be shown at all, at three a day.
    possible: int
    #: How many of them were offered to any of the couples.
    shown: int
    #: The share of activities offered to none of them, 0 to 1; where there are more than a couple can be shown, not
    #: more than the share of what a couple could be shown, and on average was not.
    never_offered: float
    #: What was offered to none of them, at most 100 of it.
    never: tuple[str, ...]
    #: The looks at which there was nothing for them, and the most of them in a row.
    empty: int
    longest_empty_run: int
    #: The most looks for which an activity could have been offered and was not, and which one that was.
    longest_wait: int
    longest_waited: str
    #: At which look light, personal, tender and deep came first, counted from 1 from when it was allowed; the latest of
    #: all couples. None where it is not theirs, or never came.
    first_looks: tuple[int | None, ...]
    #: After how many looks light, personal, tender and deep had not come to some couple; None where it came to all.
    missed: tuple[int | None, ...]
    #: How much was allowed and never yet offered at the end of each week, on average.
    left: tuple[float, ...]
    wrong: tuple[Wrong, ...]


@frozen(kw_only=True)
class PersonaSeen:
    """What all couples of one persona lived through, whatever they allow."""

    name: str
    #: What they do, in words that go on from "those who".
    about: str
    #: What the personas are called together that differ in a topic, a journey or a pack only.
    among: str
    #: Whether they take something whenever they look, and do not hold back.
    steady: bool
    #: Whether they are there to the end; what was never offered to those who stop says nothing about the packs.
    stays: bool
    #: Whether they are one person.
    alone: bool
    couples: int
    #: How many activities were there and allowed all the time for some of them, and how many one couple could be shown.
    allowed: int
    possible: int
    #: The share of what could be shown that was offered to none of them, 0 to 1, and at most 100 of it.
    never_offered: float
    never: tuple[str, ...]
    #: How much they did of light, personal, tender and deep, week by week.
    weeks: tuple[tuple[int, ...], ...]
    #: After how many looks activities came first: pairs of looks and how often.
    waits: tuple[tuple[int, int], ...]


@frozen(kw_only=True)
class Seen:
    """How often one activity was offered."""

    id: str
    kind: str
    depth: int
    retired: bool
    offered: int
    #: How many couples it was offered to, and how many it could have been offered to.
    couples: int
    possible: int
    #: The first day on which anybody was offered it, counted from 0; None is never.
    first_day: int | None
    #: The most looks it waited before it was offered.
    longest_wait: int
    #: How often it was offered to each persona, in their order.
    by_persona: tuple[int, ...]


@frozen(kw_only=True)
class Left:
    """How much there is to see for one profile, and how much is left of it week by week, on average."""

    profile: str
    depth: int
    allowed: int
    #: The same as of the life of those who look every day and take the first.
    left: tuple[float, ...]


@frozen(kw_only=True)
class Measure:
    """A number that has a limit."""

    code: str
    #: What is measured: "never offered".
    name: str
    #: None is that it did not happen in the ``lived`` days on which somebody looked.
    value: float | None
    limit: float
    #: Whose number it is, in words; empty where it is everybody's.
    whose: str = ""
    #: Whether it is a share, 0 to 1.
    share: bool = False
    #: Whether the value may be that high; None where it did not happen, and had not had to yet.
    ok: bool | None = True
    lived: int = 0


@frozen(kw_only=True)
class Report:
    """All that was seen, and whether it is within the limits."""

    #: Pairs of name and version.
    packs: tuple[tuple[str, str], ...]
    days: int
    couples: int
    seed: int
    personas: tuple[PersonaSeen, ...]
    lives: tuple[Life, ...]
    activities: tuple[Seen, ...]
    pools: tuple[Left, ...]
    #: Who is not in it, and why, in a sentence each.
    left_out: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    #: The limits that were not kept to.
    problems: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything is within the limits."""
        return not self.problems

    def to_document(self) -> dict[str, Any]:
        """Return the report as a JSON document."""
        return asdict(self)
