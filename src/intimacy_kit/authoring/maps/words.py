"""What a map says in words: gates, labels, and what is shown of an activity when it is pointed at."""

import re

from attrs import evolve, frozen

from intimacy_kit.authoring.maps.layers import is_withheld
from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved
from intimacy_kit.content.vocabulary import DEPTHS
from intimacy_kit.loading.catalog import Catalog

__all__ = ["Line", "Named", "about", "gate_in_a_sentence", "gate_lines", "many", "unmarked"]

_MARKS = re.compile(r"\*\*(?=\S)([^*]+)(?<=\S)\*\*|\*(?=\S)([^*]+)(?<=\S)\*")
_PLURALS = {"story": "stories", "check_in": "check-ins", "activity": "activities"}


@frozen
class Named:
    """The names that things go by on one map: the slug where that is clear, else the whole id."""

    catalog: Catalog

    def activity(self, activity_id: str) -> str:
        """Return the name of an activity, with what is particular about it in a gate."""
        activity = self.catalog.get(activity_id)
        if activity is None:
            pack = activity_id.partition("/")[0]
            return f"{activity_id} ({'unknown' if self.catalog.has_pack(pack) else 'another pack'})"
        return f"{self.of(activity)} (never offered)" if is_withheld(activity) else self.of(activity)

    def of(self, activity: Activity) -> str:
        """Return the name of an activity that is there."""
        return activity.slug if len(self.catalog.packs) == 1 else activity.id

    def journey(self, journey_id: str) -> str:
        """Return the title of a journey."""
        journey = self.catalog.journeys.get(journey_id)
        return unmarked(journey.title) if journey else journey_id


@frozen
class Line:
    """One line of a gate, so many steps to the right."""

    words: str
    indent: int = 0
    #: The activity that it names.
    names: str = ""
    #: How it names it: ``resolved``, ``done`` or ``elapsed``.
    kind: str = ""

    def further(self, first: str) -> "Line":
        """Return it one step to the right, with something before it."""
        return evolve(self, words=first + self.words, indent=self.indent + 1)


def unmarked(words: object) -> str:
    """Return words without the marks of their emphasis.

    >>> unmarked("so *that* is **it**")
    'so that is it'
    """
    return _MARKS.sub(lambda mark: mark[1] or mark[2], str(words))


def many(n: int, what: str) -> str:
    """Return so many of something.

    >>> many(1, "story"), many(2, "story"), many(3, "check_in"), many(0, "gate")
    ('1 story', '2 stories', '3 check-ins', '0 gates')
    """
    word = what.replace("_", "-")
    return f"{n} {word}" if n == 1 else f"{n} {_PLURALS.get(what, f'{word}s')}"


def gate_lines(gate: Gate, named: Named) -> tuple[Line, ...]:
    """Return what a gate asks for, line by line; each line names one activity at most.

    >>> tea = AllOf([Resolved("tea/cup"), Count("depth", 1, 3), AnyOf([Elapsed(7, "tea/pot"), DistinctDays(2)])])
    >>> for line in gate_lines(tea, Named(Catalog())):
    ...     print("  " * line.indent + line.words)
    after tea/cup (another pack)
    and 3 light ones
    and one of these:
      · 7 days after tea/pot (another pack)
      · 2 different days
    """
    match gate:
        case AllOf(of):
            return _joined("and ", of, named)
        case AnyOf(of) if len(of) == 1 or not any(isinstance(part, (AllOf, AnyOf, AtLeast)) for part in of):
            return _joined("or ", of, named)
        case AnyOf(of):
            return _listed("one of these:", of, named)
        case AtLeast(n, of):
            return _listed(f"any {n} of these:", of, named)
        case _:
            return (_atom(gate, named),)


def _joined(word: str, of: tuple[Gate, ...], named: Named) -> tuple[Line, ...]:
    lines: list[Line] = []
    for part in of:
        own = _grouped(part, named)
        first = own[0]
        lines += [evolve(first, words=word + first.words) if lines else first, *own[1:]]
    return tuple(lines)


def _listed(head: str, of: tuple[Gate, ...], named: Named) -> tuple[Line, ...]:
    lines = [Line(head)]
    for part in of:
        first, *rest = _grouped(part, named)
        lines += [first.further("· "), *(line.further("") for line in rest)]
    return tuple(lines)


def _grouped(part: Gate, named: Named) -> tuple[Line, ...]:
    """Return the lines of a part, with a head where it would run into its neighbours."""
    match part:
        case AllOf(of) if len(of) > 1:
            return _listed("all of these:", of, named)
        case AnyOf(of) if len(of) > 1:
            return _listed("one of these:", of, named)
        case _:
            return gate_lines(part, named)


def _atom(gate: Resolved | Done | Elapsed | Count | DistinctDays, named: Named) -> Line:
    now = named.catalog.id_now
    match gate:
        case Resolved(id):
            return Line(f"after {named.activity(id)}", 0, now(id), "resolved")
        case Done(id):
            return Line(f"{named.activity(id)} done", 0, now(id), "done")
        case Elapsed(days, since):
            return Line(f"{many(days, 'day')} after {named.activity(since)}", 0, now(since), "elapsed")
        case Count():
            return Line(_count(gate, named))
    return Line("a day with something" if gate.n == 1 else f"{gate.n} different days")


def _count(count: Count, named: Named) -> str:
    value, n = count.value, count.n
    match count.by:
        case "depth":
            return f"{n} {DEPTHS[int(value)]} {'one' if n == 1 else 'ones'}"
        case "kind":
            return many(n, str(value))
        case "skill":
            return f"{n} of {value}"
        case "topic":
            return f"{n} about {str(value).replace('_', ' ')}"
    return f"{n} from “{named.journey(str(value))}”"


def gate_in_a_sentence(gate: Gate | None, named: Named) -> str:
    """Return what a gate asks for, in one line.

    >>> gate_in_a_sentence(AtLeast(2, [Done("tea/cup"), Count("kind", "story", 2)]), Named(Catalog()))
    'any 2 of these: tea/cup (another pack) done; 2 stories'
    """
    if gate is None:
        return "open from the start"
    said = ""
    for line in gate_lines(gate, named):
        words = line.words.removeprefix("· ")
        between = " " if not said or said.endswith(":") or words is line.words else "; "
        said = f"{said}{between}{words}".strip()
    return said


def about(activity: Activity, named: Named) -> str:
    """Return all that a map says of an activity, in lines."""
    facts = [activity.kind.replace("_", "-"), DEPTHS[activity.depth], many(activity.minutes, "minute")]
    facts += [] if activity.purpose == "practice" else [activity.purpose]
    facts += ["retired"] if activity.retired else []
    lines = [activity.id, unmarked(activity.title), " · ".join(facts), f"practises {', '.join(activity.skills)}"]
    if activity.topics:
        lines.append(f"touches {', '.join(sorted(activity.topics))}")
    opens = gate_in_a_sentence(activity.requires, named)
    return "\n".join([*lines, opens if activity.requires is None else f"opens: {opens}"])
