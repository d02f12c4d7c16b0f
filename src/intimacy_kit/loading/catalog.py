"""The activities of some packs, looked up by id."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar, overload

from attrs import field, frozen

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.checks import unordered
from intimacy_kit.content.journeys import Journey
from intimacy_kit.content.migrations import Migration, Operation
from intimacy_kit.content.packs import Pack
from intimacy_kit.errors import InvalidPackError, UnknownActivityError
from intimacy_kit.loading.documents import kit_release
from intimacy_kit.loading.explaining import similar_to
from intimacy_kit.loading.installed import Found, find
from intimacy_kit.loading.references import check_across
from intimacy_kit.problems import Problem, Where

__all__ = ["Catalog"]

_Default = TypeVar("_Default")
_Made = TypeVar("_Made")


def _by_name(packs: Iterable[Pack]) -> tuple[Pack, ...]:
    return tuple(sorted(packs, key=lambda pack: pack.name))


@frozen(eq=False)
class Catalog(Mapping[str, Activity]):
    """The activities of some packs, by id; an id that an activity had before finds it too.

    Iterating gives each activity once, by its id of today, pack by pack in order of name.

    >>> from intimacy_kit.content.text import Text
    >>> tea = Pack(name="tea", title=Text("Tea"), version="1.0", authors=["Ada"], about=Text("Over a cup."))
    >>> catalog = Catalog([tea])
    >>> len(catalog), catalog.has_pack("tea"), "tea/first-cup" in catalog
    (0, True, False)
    """

    #: The packs, in order of name.
    packs: tuple[Pack, ...] = field(default=(), converter=_by_name)
    #: What is wrong with packs that are not in it, with translations that packs are without, or with what packs
    #: name, each naming the distribution.
    problems: tuple[Problem, ...] = field(default=(), converter=tuple[Problem, ...])
    #: The names of packs that are installed and cannot be used.
    refused: frozenset[str] = field(default=frozenset(), converter=unordered)
    #: The journeys of all packs, by id.
    journeys: Mapping[str, Journey] = field(init=False, repr=False)
    _activities: Mapping[str, Activity] = field(init=False, repr=False)
    _names: Mapping[str, str] = field(init=False, repr=False)
    _made: dict[Callable[["Catalog"], object], Any] = field(init=False, repr=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        """Build the look-ups."""
        activities = {activity.id: activity for pack in self.packs for activity in pack.activities}
        names = {alias: activity.id for activity in activities.values() for alias in activity.aliases}
        names |= {
            one.old[0]: one.new[0] for one in self._operations() if one.op == "split" and one.new[0] in activities
        }
        journeys = {journey.id: journey for pack in self.packs for journey in pack.journeys}
        object.__setattr__(self, "_activities", activities)
        object.__setattr__(self, "_names", names)
        object.__setattr__(self, "journeys", MappingProxyType(journeys))

    @classmethod
    def installed(
        cls,
        *,
        path: Iterable[str] | None = None,
        strict: bool = False,
        languages: Iterable[str] | None = None,
    ) -> "Catalog":
        """Return the catalog of all packs that are installed here, or in the folders of *path*.

        What cannot be used is left out and told in ``problems``: a pack, or one language of a pack.
        With *strict* it raises InvalidPackError instead. *languages* are those that people here may ask for, such
        as ``["es-MX", "en"]``; translations into others are not read. Without it all are.
        """
        return cls.of_found(find(kit_release(), path=path, languages=languages), strict=strict)

    @classmethod
    def of_found(cls, found: Iterable[Found], *, strict: bool = False) -> "Catalog":
        """Return the catalog of packs that were found; two of one name are both refused."""
        by_name: dict[str, list[Found]] = {}
        for one in found:
            by_name.setdefault(one.name or one.distribution, []).append(one)
        problems: list[Problem] = []
        packs: list[Pack] = []
        refused: list[str] = []
        untranslated: list[tuple[str, Problem]] = []
        for name, same in by_name.items():
            wrong = _twice(name, same) if len(same) > 1 else same[0].read.problems
            problems += wrong
            if wrong:
                refused.append(name)
            packs += [one.read.pack for one in same if one.read.pack and not wrong]
            untranslated += [(name, problem) for one in same for problem in one.untranslated if not wrong]
        problems += [problem for _, problem in untranslated]
        across = check_across(packs)
        problems += [problem.within(by_name[name][0].distribution) for name, problem in across]
        if strict and problems:
            named = [*refused, *(name for name, _ in untranslated), *(name for name, _ in across)]
            raise InvalidPackError(named[0], tuple(problems))
        return cls(packs, problems, refused)

    def once(self, make: Callable[["Catalog"], _Made]) -> _Made:
        """Return what a function makes of this catalog; it is made once, and kept as long as the catalog is.

        What is kept must follow from the catalog alone: it is the same for everybody who uses it.
        """
        try:
            made: _Made = self._made[make]
        except KeyError:
            made = self._made[make] = make(self)
        return made

    def __reduce__(self) -> tuple[object, ...]:
        """Be copied and sent to other processes without what was made of it."""
        return type(self), (self.packs, self.problems, self.refused)

    @property
    def migrations(self) -> tuple[Migration, ...]:
        """What became of ids that these packs had before, pack by pack, the first release first."""
        return tuple(migration for pack in self.packs for migration in pack.migrations)

    @property
    def retired(self) -> frozenset[str]:
        """The ids that were retired by a migration, and have no words any more."""
        return frozenset(old for one in self._operations() if one.op == "retire" for old in one.old)

    def _operations(self) -> Iterator[Operation]:
        return (operation for migration in self.migrations for operation in migration.operations)

    def has_pack(self, name: str) -> bool:
        """Tell whether a pack is in it."""
        return any(pack.name == name for pack in self.packs)

    def id_now(self, activity_id: str) -> str:
        """Return the id of today for an id of today or of earlier; an unknown one stays as it is."""
        return self._names.get(activity_id, activity_id)

    def __getitem__(self, activity_id: str) -> Activity:
        """Return an activity; raise UnknownActivityError, which is a KeyError, where there is none."""
        try:
            return self._activities[self.id_now(activity_id)]
        except KeyError:
            raise UnknownActivityError(activity_id, self._similar_to(activity_id)) from None

    def _similar_to(self, activity_id: str) -> str:
        """Return the id whose slug is nearest, one of the same pack before others; nothing where none is near."""
        pack, _, slug = activity_id.rpartition("/")
        ordered = sorted(self._activities, key=lambda known: known.startswith(f"{pack}/"))
        by_slug = {known.partition("/")[2]: known for known in ordered}
        return by_slug.get(similar_to(slug, by_slug), "")

    def __contains__(self, activity_id: object) -> bool:
        """Tell whether there is such an activity, without looking for a similar one."""
        return activity_id in self._activities or activity_id in self._names

    @overload
    def get(self, activity_id: str, /) -> Activity | None: ...

    @overload
    def get(self, activity_id: str, /, default: Activity | _Default) -> Activity | _Default: ...

    def get(self, activity_id: str, /, default: object = None) -> object:
        """Return an activity, or the default; gates ask for what is not there, and that must cost nothing."""
        return self._activities.get(self.id_now(activity_id), default)

    def __iter__(self) -> Iterator[str]:
        """Give the ids."""
        return iter(self._activities)

    def __len__(self) -> int:
        """Return how many activities there are."""
        return len(self._activities)


def _twice(name: str, same: list[Found]) -> list[Problem]:
    """Refuse packs of one name: who would be believed depends on nothing anybody chose."""
    everybody = ", ".join(sorted(one.distribution for one in same))
    said = f"the pack '{name}' comes from more than one distribution: {everybody}"
    return [Problem(Where(one.distribution), "K308", said, "uninstall all but one") for one in same]
