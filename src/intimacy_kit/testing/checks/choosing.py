"""Which activities of a catalog the checks act on: those that any two people may begin on their first evening."""

from collections import Counter
from collections.abc import Iterable

from attrs import frozen

from intimacy_kit.content.activities import Activity, CheckIn
from intimacy_kit.content.vocabulary import ORDINARY_TOPICS, SENSITIVE_TOPICS
from intimacy_kit.loading.catalog import Catalog

__all__ = ["Choice", "choose"]

_ORDINARY = frozenset(ORDINARY_TOPICS)
_SENSITIVE = frozenset(SENSITIVE_TOPICS)


@frozen(kw_only=True)
class Choice:
    """Activities of a catalog, by id, in its order, sorted by what they are good for."""

    #: Light, ordinary and without a gate: what fits without a word from anybody.
    light: tuple[str, ...]
    #: Those of them that are prompts, so that an answer can be sealed.
    prompts: tuple[str, ...]
    #: All that is light and ordinary, gate or not.
    at_first: tuple[str, ...]
    #: Without a gate, ordinary, and not light.
    deeper: tuple[str, ...]
    #: A sensitive topic; empty where nothing touches one.
    topic: str
    #: All that touches that topic.
    touching: tuple[str, ...]
    #: Those of them without a gate that touch on no other sensitive topic.
    open_touching: tuple[str, ...]
    #: Check-ins among what is light.
    check_ins: tuple[CheckIn, ...]
    #: All that goes deepest.
    deepest: tuple[str, ...]


def choose(catalog: Catalog) -> Choice:
    """Sort the activities of a catalog by what they are good for in a check."""
    there = [one for one in catalog.values() if not one.retired]
    at_first = [one for one in there if one.depth == 1 and one.topics <= _ORDINARY]
    light = [one for one in at_first if one.requires is None]
    topic = _topic(there)
    touching = [one for one in there if topic in one.topics]
    deepest = max((one.depth for one in there), default=1)
    return Choice(
        light=_ids(light),
        prompts=_ids(one for one in light if one.kind == "prompt"),
        at_first=_ids(at_first),
        deeper=_ids(one for one in there if one.depth > 1 and one.topics <= _ORDINARY and one.requires is None),
        topic=topic,
        touching=_ids(touching),
        open_touching=_ids(one for one in touching if _is_open(one)),
        check_ins=tuple(one for one in light if isinstance(one, CheckIn)),
        deepest=_ids(one for one in there if one.depth == deepest > 1),
    )


def _topic(there: list[Activity]) -> str:
    """Return the sensitive topic that most activities touch, those without a gate first; empty for none."""
    counts: Counter[str] = Counter()
    for one in there:
        counts.update({topic: 1000 if _is_open(one) else 1 for topic in sorted(one.topics & _SENSITIVE)})
    return min(counts, key=lambda topic: (-counts[topic], topic), default="")


def _is_open(activity: Activity) -> bool:
    return activity.requires is None and len(activity.topics & _SENSITIVE) == 1


def _ids(activities: Iterable[Activity]) -> tuple[str, ...]:
    return tuple(one.id for one in activities)
