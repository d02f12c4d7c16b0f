"""The packs as they are at some time: all of them, one of them gone, or all of them updated."""

from collections.abc import Iterable, Sequence

from attrs import evolve, field, frozen

from intimacy_kit.content.activities import Activity, Prompt
from intimacy_kit.content.gates import AllOf, DistinctDays, Done, named_in
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text
from intimacy_kit.content.timing import Repeat
from intimacy_kit.loading.catalog import Catalog

__all__ = ["Numbering", "World", "companion", "updated"]

#: Of the activities of a pack, an update renames one in so many ...
_RENAMED = 7
#: ... lets one in so many wait for more ...
_TIGHTENED = 3
#: ... namely until something was done on so many days, and brings so many new ones.
_DAYS, _NEW = 50, 3
#: As much of a slug is kept when something is put behind it: a slug has at most 64 characters.
_KEPT = 48
#: The companion has as many activities, and each of them rests as many days.
_COMPANY, _COMPANY_RESTS = 30, 14


@frozen(eq=False)
class World:
    """What is installed at some time, with a number for each activity that stays the same whatever it is called."""

    catalog: Catalog
    #: The number of an activity, by its id of today.
    numbers: dict[str, int]
    #: The activity of a number, as it is today.
    there: dict[int, Activity]


@frozen(eq=False)
class Numbering:
    """The activities of several worlds, numbered so that a renamed one keeps its number."""

    #: The id of each number, as it was when it was first met.
    names: list[str] = field(factory=list)
    _numbers: dict[str, int] = field(factory=dict)

    def world(self, packs: Iterable[Pack], refused: Iterable[str] = ()) -> World:
        """Return the world in which these packs are installed."""
        catalog = Catalog(packs, refused=refused)
        there = {self._number(activity): activity for activity in catalog.values()}
        return World(catalog, {activity.id: number for number, activity in there.items()}, there)

    def _number(self, activity: Activity) -> int:
        for name in (activity.id, *activity.aliases):
            if name in self._numbers:
                return self._numbers[name]
        self.names.append(activity.id)
        return self._numbers.setdefault(activity.id, len(self.names) - 1)


def companion(packs: Sequence[Pack]) -> Pack:
    """Return a little pack of light activities, for those whose only pack goes: something stays."""
    taken = {pack.name for pack in packs}
    name = next(name for n in range(len(taken) + 1) if (name := f"companion-{n}") not in taken)
    prompts = [
        Prompt(
            id=f"{name}/number-{number}",
            text=Text(f"Something light, number {number}."),
            skills=["conversation"],
            depth=1,
            minutes=1,
            solo=Text(f"Something light, number {number}."),
            repeat=Repeat(_COMPANY_RESTS),
        )
        for number in range(_COMPANY)
    ]
    return Pack(
        name=name,
        title=Text("Companion"),
        version="1.0",
        authors=["intimacy-kit"],
        about=Text("What stays when the only other pack goes."),
        activities=prompts,
    )


def updated(pack: Pack) -> Pack:
    """Return a pack as an update could leave it.

    One activity in seven has another id, and its old one as an alias; one is retired; one in three asks for more
    than before; and there are new ones.
    """
    needed = {name for one in pack.activities for name, atom in named_in(one.requires) if isinstance(atom, Done)}
    taken = {name for one in pack.activities for name in (one.id, *one.aliases)}
    changed = [
        _tightened(one) if number % _TIGHTENED == 1 and one.purpose != "orientation" else one
        for number, one in enumerate(pack.activities)
    ]
    retires = [n for n, one in enumerate(changed) if n % _RENAMED and not {one.id, *one.aliases} & needed]
    for number in retires[:1]:
        changed[number] = evolve(changed[number], retired=True)
    changed[::_RENAMED] = [_renamed(one, taken) for one in changed[::_RENAMED]]
    light = [one for one in pack.activities if one.requires is None and not one.retired][:_NEW]
    return evolve(pack, activities=[*changed, *(evolve(one, id=_free(one, "new", taken), aliases=()) for one in light)])


def _tightened(activity: Activity) -> Activity:
    more = DistinctDays(_DAYS)
    return evolve(activity, requires=more if activity.requires is None else AllOf([activity.requires, more]))


def _renamed(activity: Activity, taken: set[str]) -> Activity:
    name = _free(activity, "renamed", taken)
    return evolve(activity, id=name, aliases=[activity.id, *activity.aliases][:20])


def _free(activity: Activity, ending: str, taken: set[str]) -> str:
    """Return an id like that of an activity that none has, nor ever had."""
    stem = f"{activity.pack}/{activity.slug[:_KEPT].rstrip('-')}-{ending}"
    name = next(name for n in range(len(taken) + 1) if (name := f"{stem}-{n}" if n else stem) not in taken)
    taken.add(name)
    return name
