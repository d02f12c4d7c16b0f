"""What a deeper prompt waits for: a spreadsheet says how deep it goes, and from that follows what comes before it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from intimacy_kit.authoring.importing.drafts import Draft

__all__ = ["with_gates"]

#: So many of the depth before are done first, where there are so many: three light ones, later two.
_BEFORE = {2: 3, 3: 2, 4: 2}
#: From here on people read first what they are about to do.
_ORIENTED = 3


def with_gates(drafts: Iterable[Draft], there: Mapping[str, Mapping[str, Any]]) -> Iterator[Draft]:
    """Give drafts in which each deeper prompt waits for some of the depth before; *there* is in the pack already.

    What it waits for touches nothing that it does not touch itself: so nobody has to talk about what they refuse.
    """
    drafts = tuple(drafts)
    known = {str(one["id"]): one for one in there.values() if not one.get("retired")}
    usual = Counter(_kind_of(one) for one in (*known.values(), *(draft.prompt for draft in drafts)))
    orientation = next((name for name, one in sorted(known.items()) if one.get("purpose") == "orientation"), "")
    for draft in drafts:
        gates = list(_gates(draft.prompt, usual, orientation))
        yield draft.waiting_for(gates[0] if len(gates) == 1 else {"all": gates}) if gates else draft


def _kind_of(one: Mapping[str, Any]) -> tuple[int, frozenset[str]]:
    return one["depth"], frozenset(one.get("topics", ()))


def _gates(
    prompt: Mapping[str, Any], usual: Mapping[tuple[int, frozenset[str]], int], orientation: str
) -> Iterator[dict[str, Any]]:
    depth, topics = _kind_of(prompt)
    if depth >= _ORIENTED and orientation:
        yield {"done": orientation}
    if depth in _BEFORE:
        enough = sum(count for (other, touched), count in usual.items() if other == depth - 1 and touched <= topics)
        yield {"count": {"depth": depth - 1, "n": max(1, min(_BEFORE[depth], enough))}}
