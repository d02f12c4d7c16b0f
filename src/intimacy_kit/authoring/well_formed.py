"""Whether a list of activities is well, seen at once, so that a schema is asked only to explain.

What is well here the schema of the file accepts; a property test holds the two together. What is not may be well all
the same: then the schema is asked, and finds nothing.
"""

from typing import Any

from intimacy_kit.content.vocabulary import TOPICS
from intimacy_kit.loading.reading import refused_parts

__all__ = ["is_well"]

#: How many a file lists at most.
_MOST = 1000
_TOPICS = frozenset(TOPICS)


def is_well(document: object, key: str, kind: str) -> bool:
    """Tell whether a file of sources holds one list of this kind and nothing else, and each of it is well by itself.

    *kind* is that of activities; empty for journeys. A topic that the kit does not know is never well in sources.

    >>> cup = {"id": "cup", "text": "Who made it?", "skills": ["trust"], "depth": 1, "minutes": 5}
    >>> is_well({"prompts": [cup]}, "prompts", "prompt")
    True
    >>> is_well({"prompts": [{**cup, "depth": 9}]}, "prompts", "prompt")
    False
    """
    match document:
        case {**fields} if fields.keys() == {key} and type(listed := fields[key]) is list:
            part = "activities" if kind else "journeys"
            if not 1 <= len(listed) <= _MOST or not all(_fits(one, kind) for one in listed):
                return False
            parts = [{"kind": kind, **one} for one in listed] if kind else listed
            return not refused_parts({part: parts}, 1)[part]
        case _:
            return False


def _fits(one: Any, kind: str) -> bool:
    """Tell whether something is of a kind, and touches only on what the kit knows."""
    if type(one) is not dict or one.get("kind", kind) != kind:
        return False
    topics = one.get("topics", [])
    return type(topics) is list and all(type(topic) is str and topic in _TOPICS for topic in topics)
