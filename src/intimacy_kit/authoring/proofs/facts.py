"""What is so, besides what holds: how much there is for whom, and how long it lasts."""

from collections import Counter
from collections.abc import Iterator
from math import inf

from attrs import frozen

from intimacy_kit.authoring.proofs.pools import dry_day, pool
from intimacy_kit.authoring.proofs.profiles import EVERYTHING, Profile
from intimacy_kit.authoring.proofs.reach import reach_in
from intimacy_kit.authoring.proofs.systems import System
from intimacy_kit.content.vocabulary import DEPTHS, ORDINARY_TOPICS

__all__ = ["Facts", "Folk", "facts_of", "folks_of_classes"]


#: So many of those who have least are told about.
_FEW = 3


@frozen
class Folk:
    """How much there is for people who allow the same; the first day is day 1."""

    #: The deepest depth they allow.
    depth: int
    #: The topics they allow.
    topics: frozenset[str]
    #: How many activities they are permitted.
    permitted: int
    #: The earliest day on which something of each depth opens, however much they do on a day and whatever rests
    #: then; None is never.
    opens_on: tuple[tuple[int, int | None], ...]
    #: At one activity a day, the day on which the last new one is done; None where some never open.
    new_until: int | None
    #: At one a day, new ones first and landings only once, the first day on which nothing has rested; None where three
    #: years bring none.
    dry_on: int | None
    #: The minutes a week at one a day, in the mean of the days it lasts; 0 where nothing opens.
    minutes_a_week: int
    #: On so many evenings with two suggestions or more, everything that stays open to them is suggested once.
    offered_within: int


@frozen
class Facts:
    """What is so, of some packs."""

    #: How many activities there are at each depth, without those that nobody is offered any more.
    depths: tuple[tuple[int, int], ...]
    #: Those who refuse every sensitive topic, and those who refuse none, at each ceiling of depth.
    folks: tuple[Folk, ...]
    #: Of those who allow exactly the depth and the topics of something there is, the few who have least.
    thinnest: tuple[Folk, ...]


def facts_of(system: System) -> Facts:
    """Return what is so of a system."""
    count = Counter(
        activity.depth for activity, kin in zip(system.activities, system.kin, strict=True) if kin is not None
    )
    everything = [Profile(depth, EVERYTHING.topics) for depth in DEPTHS]
    ordinary = [Profile.of(depth, ORDINARY_TOPICS) for depth in DEPTHS]
    return Facts(
        tuple((depth, count[depth]) for depth in DEPTHS),
        tuple(_folk(system, profile) for profile in (*ordinary, *everything)),
        tuple(_folk(system, profile) for profile in _thinnest(system)),
    )


def folks_of_classes(system: System) -> tuple[Folk, ...]:
    """Return those who allow just what some class needs, one after the other by how much they allow."""
    return tuple(_folk(system, profile) for profile in sorted({one.least for one in system.classes}))


def _thinnest(system: System) -> list[Profile]:
    """Return who has least, of those who allow exactly what some class needs: it runs dry first, or is fewest."""
    sizes = Counter(system.classes[kin].least for kin in system.kin if kin is not None)

    def thinness(profile: Profile) -> tuple[float, int, Profile]:
        permitted = sum(size for least, size in sizes.items() if profile.permits(least))
        return dry_day(system, profile) or inf, permitted, profile

    return sorted(sizes, key=thinness)[:_FEW]


def _folk(system: System, profile: Profile) -> Folk:
    reached = reach_in(system, profile)
    permitted = [place for place, group in enumerate(system.groups) if profile.permits(system.classes[group.kin].least)]
    numbers = [number for place in permitted for number in system.groups[place].members]
    opened = sum(len(system.groups[place].members) for place in permitted if reached.days[place] >= 0)
    lasting = pool(system, profile, opened)
    return Folk(
        profile.depth,
        profile.allowed,
        len(numbers),
        tuple(_opens_on(system, permitted, reached.days)),
        lasting.new_until if opened == len(numbers) else None,
        lasting.dry_on,
        round(lasting.minutes * 7),
        opened,
    )


def _opens_on(system: System, places: list[int], days: list[int]) -> Iterator[tuple[int, int | None]]:
    """Give, by depth, the first day on which some of these groups open."""
    for depth in DEPTHS:
        on = [days[place] for place in places if system.classes[system.groups[place].kin].least.depth == depth]
        opened = [day for day in on if day >= 0]
        yield depth, min(opened) + 1 if opened else None
