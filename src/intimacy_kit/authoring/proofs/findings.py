"""What the proofs find: one cause and all that it concerns, in a writer's words."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from attrs import field, frozen

from intimacy_kit.authoring.proofs.profiles import Profile
from intimacy_kit.authoring.proofs.rules import Label
from intimacy_kit.authoring.proofs.systems import System
from intimacy_kit.content.vocabulary import DEPTHS
from intimacy_kit.problems import Problem, Where

__all__ = ["IN_DOUBT", "Finding", "Words", "depth", "grouped", "in_doubt", "listed"]

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

#: The code of what could not be proved.
IN_DOUBT = "K516"

_NAMED = 3


@frozen
class Finding:
    """One cause, and all that it concerns."""

    #: A code K5xx.
    code: str
    #: The ids of what it concerns, and where each is wrong.
    about: tuple[tuple[str, Where], ...] = field(converter=tuple[tuple[str, Where], ...])
    #: What is wrong with all of them, as one line.
    message: str
    #: What to do about it.
    hint: str = ""
    #: Where it could not be decided (K516): the code of what may be wrong.
    in_doubt: str = ""
    #: The code of what is not told besides, since this is why.
    explains: str = ""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """One problem for each of what it concerns."""
        return tuple(Problem(where, self.code, self.message, self.hint) for _, where in self.about)


def listed(words: Sequence[str], most: int = _NAMED, join: str = "and") -> str:
    """Return words as one says them, the first few where they are many.

    >>> listed(["'a'"]), listed(["'a'", "'b'"]), listed(["'a'", "'b'", "'c'", "'d'", "'e'"])
    ("'a'", "'a' and 'b'", "'a', 'b', 'c' and 2 others")
    """
    shown = list(words) if len(words) <= most + 1 else [*words[:most], f"{len(words) - most} others"]
    return f" {join} ".join([part for part in [", ".join(shown[:-1]), shown[-1]] if part])


def grouped(pairs: Iterable[tuple[K, V]]) -> list[tuple[K, list[V]]]:
    """Return values by what they have in common, in the order in which that comes first."""
    groups: dict[K, list[V]] = {}
    for cause, value in pairs:
        groups.setdefault(cause, []).append(value)
    return list(groups.items())


@frozen
class Words:
    """How the activities, labels and people of a system are called."""

    system: System

    def one(self, name: str) -> str:
        """Return how an id is called: by its slug where there is one pack."""
        own = len(self.system.packs) == 1 and name.startswith(f"{self.system.packs[0].name}/")
        return f"'{name.partition('/')[2] if own else name}'"

    def names(self, numbers: Sequence[int]) -> str:
        """Return how some activities are called, the first few where they are many."""
        return listed([self.one(self.system.activities[number].id) for number in numbers])

    def those(self, numbers: Sequence[int], verb: str, verbs: str) -> str:
        """Return the beginning of a sentence about activities: one by its name, several by how many they are."""
        if len(numbers) == 1:
            return f"{self.names(numbers)} {verb}"
        return f"{len(numbers)} activities {verbs}"

    def also(self, numbers: Sequence[int]) -> str:
        """Return what is added at the end where several are meant."""
        return "" if len(numbers) == 1 else f": {self.names(numbers)}"

    def label(self, label: Label) -> str:
        """Return how what a count is over is called.

        >>> Words(System([])).label(("depth", 1))
        'of depth 1 (light)'
        """
        by, value = label
        if by == "depth":
            return depth(int(value))
        if by == "journey":
            return f"of the journey {self.one(str(value))}"
        return f"of the {by} '{value}'"

    @property
    def have(self) -> str:
        """The beginning of a sentence about what was given: it has so much."""
        return "this pack has" if len(self.system.packs) == 1 else "these packs have"

    def people(self, profile: Profile) -> str:
        """Return who somebody is that allows so much."""
        occurring = self.system.occurring
        said = [f"allow depth {profile.depth} at most"] if profile.depth < occurring.depth else []
        refused = sorted(occurring.allowed - profile.allowed)
        kept = sorted(occurring.allowed & profile.allowed)
        if len(refused) > _NAMED and len(kept) <= 1:
            said.append(f"refuse every topic{f' but {kept[0]!r}' if kept else ''}")
        elif refused:
            said.append(f"refuse {listed([repr(topic) for topic in refused])}")
        return f"people who {' and '.join(said)}" if said else "everybody"


def in_doubt(system: System, numbers: Sequence[int], code: str, what: str, hint: str) -> Iterator[Finding]:
    """Say of which activities it could not be decided whether a code is wrong of them, and what would decide it.

    *what* is the question, with "{names}" where they are named, and "{it}" and "{opens}" for one or several of them.
    """
    if numbers:
        about = [(system.activities[number].id, system.where(number)) for number in sorted(numbers)]
        it, opens = ("it", "opens") if len(numbers) == 1 else ("them", "open")
        asked = what.format(names=Words(system).names(sorted(numbers)), it=it, opens=opens)
        yield Finding(IN_DOUBT, about, f"could not decide whether {asked}", hint, code)


def depth(number: int) -> str:
    """Return how a depth is called.

    >>> depth(3)
    'of depth 3 (tender)'
    """
    return f"of depth {number} ({DEPTHS[number]})"
