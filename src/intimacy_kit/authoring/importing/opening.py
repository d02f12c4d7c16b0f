"""What a deeper prompt waits for: a spreadsheet says how deep it goes, and from that follows what comes before it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from intimacy_kit.authoring.importing.drafts import Draft
from intimacy_kit.content.vocabulary import ORDINARY_TOPICS

__all__ = ["with_gates"]

#: So many of the depth before are done first, where there are so many: three light ones, later two.
_BEFORE = {2: 3, 3: 2, 4: 2}
#: From here on people read first what they are about to do.
_ORIENTED = 3


def with_gates(drafts: Iterable[Draft], there: Mapping[str, Mapping[str, Any]]) -> Iterator[Draft]:
    """Give drafts in which each deeper prompt waits for some of the depth before; *there* is in the pack already.

    Only what everybody may be asked is counted on: what touches no sensitive topic.
    """
    drafts = tuple(drafts)
    known = {str(one["id"]): one for one in there.values()}
    prompts = [*known.values(), *(draft.prompt for draft in drafts)]
    usual = Counter(one["depth"] for one in prompts if _is_for_everybody(one))
    orientation = next((name for name, one in sorted(known.items()) if one.get("purpose") == "orientation"), "")
    for draft in drafts:
        gates = list(_gates(draft.prompt["depth"], usual, orientation))
        if gates:
            gate = gates[0] if len(gates) == 1 else {"all": gates}
            yield draft.waiting_for(gate)
        else:
            yield draft


def _is_for_everybody(one: Mapping[str, Any]) -> bool:
    return not one.get("retired") and set(one.get("topics", ())) <= set(ORDINARY_TOPICS)


def _gates(depth: int, usual: Mapping[int, int], orientation: str) -> Iterator[dict[str, Any]]:
    if depth >= _ORIENTED and orientation:
        yield {"done": orientation}
    if enough := min(_BEFORE.get(depth, 0), usual.get(depth - 1, 0)):
        yield {"count": {"depth": depth - 1, "n": enough}}
