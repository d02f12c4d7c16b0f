"""What can be told from what is not there: what everybody allows together, day by day, and no more than that."""

from collections import Counter
from random import Random
from typing import Any

from little_packs import evening
from privacy.observing import Seen, probes_of, seen
from privacy.shelves import Shelf
from privacy.worlds import CATALOGS, Drawing, catalog_of, of_seed

from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import BoundariesChanged, NoticeRead, SpaceOpened
from intimacy_kit.practice.own import Own
from intimacy_kit.stores.spaces import Space

#: The parts of a view that name what fits now; the moves belong to what is unfinished.
WHAT_FITS = {"suggestions", "open", "unfinished"}
#: What is refused where it does not fit. Everything else is answered the same, whatever anybody allows.
ASKING_WHETHER_IT_FITS = {"start", "put_down", "complete", "skip", "seal"}
COUPLES, DAYS = 24, 8


def test_where_the_boundaries_differ_the_difference_is_what_is_offered_and_nothing_else() -> None:
    """attack 84, attack 91: everything else in the view, every export and every other answer is the same."""
    differed, answered = Counter[str](), Counter[str]()
    for seed in range(80):
        for pair in of_seed(f"unlike {seed}", 2, alike=False):
            tries = probes_of(pair, Random(seed), 8)
            one, other = (seen(world, pair.b, tries) for world in (pair.one, pair.other))
            documents = [each.view.to_document() for each in (one, other)]
            parts = {name for name in documents[0] if documents[0][name] != documents[1][name]}
            assert parts <= WHAT_FITS, (seed, parts)
            differed.update(parts)
            assert documents[0].keys() == documents[1].keys()
            assert (one.export_bytes, one.markdown, one.version) == (other.export_bytes, other.markdown, other.version)
            told = zip(tries, one.answers, other.answers, strict=True)
            asked = {tried[0] for tried, to_one, to_other in told if to_one != to_other}
            assert asked <= ASKING_WHETHER_IT_FITS, (seed, asked)
            answered.update(asked)
            assert_what_is_offered_explains_it(one, other)
    assert differed.keys() == WHAT_FITS
    assert len(answered) > 1


def assert_what_is_offered_explains_it(one: Seen, other: Seen) -> None:
    """What is suggested fits; and of what fits in both, nothing new is said: the reasons are of the same few."""
    for each in (one, other):
        assert {found.activity.id for found in each.view.suggestions} <= {*each.view.open}
    reasons = [{found.activity.id: found.reason.because for found in each.view.suggestions} for each in (one, other)]
    for name in reasons[0].keys() & reasons[1].keys():
        said = {reasons[0][name], reasons[1][name]}
        assert len(said - {"landing", "orientation", "journey", "booster"}) <= 1


class Couple:
    """A space in which one person's boundaries come to something else each day, in one way of many."""

    def __init__(self, drawing: Drawing, others: Boundaries, first: dict[str | None, Any]) -> None:
        self.drawing, self.others = drawing, others
        self.shelf = Shelf(first)
        self.space = Space(self.shelf, "us", drawing.catalog, seed="of the host's")

    def come_to(self, who: str, allowed: Boundaries) -> None:
        log = self.drawing.log_to(who, allowed, self.others)
        self.shelf.logs[who] = (*self.shelf.logs.get(who, ()), *log)

    def is_at(self, who: str) -> Boundaries:
        log: tuple[Any, ...] = self.shelf.logs[who]
        return Own.from_events(who, log).allowed & self.others


def test_over_time_nothing_can_be_told_but_what_everybody_allowed_together_each_day() -> None:
    """attack 84, attack 91: what one sees follows from the joint boundaries of each day, whatever led to them.

    The third of each couples is one in which the other person said nothing at all but the joint boundaries, day by
    day: so whoever knows those, and no more, can work out everything that is ever shown.
    """
    changed = 0
    for seed in range(COUPLES):
        random = Random(f"absence {seed}")
        drawing = Drawing.of(random, catalog_of(seed % CATALOGS))
        mine = drawing.log("ben")
        others = Own.from_events("ben", mine).allowed
        opened = SpaceOpened(at=evening(0), people=["ada", "ben"])
        couples = [Couple(drawing, others, {None: (opened,), "ben": mine}) for _ in range(3)]
        saw: list[list[bytes]] = [[] for _ in couples]
        before = None
        for number in range(DAYS):
            now = evening(number)
            allowed, read = drawing.boundaries(), NoticeRead(partner="ada", at=now)
            couples[0].come_to("ada", allowed)
            couples[1].come_to("ada", drawing.as_narrow(allowed, others))
            joint = couples[0].is_at("ada")
            if couples[1].is_at("ada") != joint:  # what was written on the way had an effect; it is drawn anew
                couples[1].shelf.logs["ada"] += (read, said(joint, now))
            couples[2].shelf.logs["ada"] = (*couples[2].shelf.logs.get("ada", ()), read, said(joint, now))
            assert [couple.is_at("ada") for couple in couples] == [joint] * 3
            for couple, so_far in zip(couples, saw, strict=True):
                so_far.extend(look_and_do(couple.space, now))
            changed += joint != before
            before = joint
        assert saw[0] == saw[1] == saw[2], seed
        assert [couple.shelf.logs[None] for couple in couples[1:]] == [couples[0].shelf.logs[None]] * 2
        assert couples[0].shelf.logs["ada"] != couples[1].shelf.logs["ada"]
    assert changed > COUPLES * DAYS / 2


def said(joint: Boundaries, now: Any) -> BoundariesChanged:
    return BoundariesChanged(partner="ada", at=now, boundaries=joint)


def look_and_do(space: Space, now: Any) -> list[bytes]:
    """Let ben look, and let them do what was suggested first: what they do becomes part of what is seen next."""
    view = space.view("ben", now=now)
    found = [one.activity.id for one in view.suggestions]
    space.offer("ben", found, at=now)
    if found:
        space.start("ben", found[0], at=now)
        (space.complete if now.day % 3 else space.skip)("ben", found[0], at=now)
    return [view.to_json(), space.view("ben", now=now).to_json(), space.export("ben", at=now).to_json()]
