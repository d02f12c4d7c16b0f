"""The gates of a catalog in the words of other rule engines, with the same history prepared for them as plain maps.

Nothing here needs those engines. What they would have to ask the kit for (what a boundary withholds, the counts,
how long ago something was) is looked up for them beforehand, in full, and none of that is timed.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from intimacy_kit.content.gates import (
    COUNTED,
    AllOf,
    AnyOf,
    AtLeast,
    Count,
    DistinctDays,
    Done,
    Elapsed,
    Gate,
    Resolved,
    named_in,
)
from intimacy_kit.practice.gates import Situation, holds, is_resolved
from intimacy_kit.practice.progress import Progress

__all__ = ["atoms", "cel", "history", "json_logic"]

#: More than any gate can ask for.
_ENDLESS = 10_000


def history(gates: Iterable[Gate], now: Situation) -> dict[str, Any]:
    """Return all that some gates ask about, as maps that a rule engine can look into.

    ``acted`` and ``done`` hold what was acted on and done to the end, ``age`` how many days ago it was first acted on,
    ``out`` what is out of reach, ``count`` how much there is of each label, and ``days`` on how many days.
    """
    asked = [atom for gate in gates for atom in atoms(gate)]
    ids = {name for gate in gates for name, atom in named_in(gate) if not isinstance(atom, Count)}
    deeds = {name: now.progress.of(now.catalog[name]) for name in ids if name in now.catalog}
    deeds = {**now.progress.deeds, **deeds}
    nothing_yet = Situation(now.catalog, Progress(), now.allowed, now.today)
    return {
        "acted": {name: True for name, deed in deeds.items() if deed.times},
        "done": {name: True for name, deed in deeds.items() if deed.completed},
        "age": {name: (now.today - deed.first_on).days for name, deed in deeds.items() if deed.first_on},
        "out": {name: True for name in ids if is_resolved(name, nothing_yet)},
        "count": {by: _counts(by, asked, now) for by in COUNTED},
        "days": len(now.progress.days),
    }


def atoms(gate: Gate) -> Iterator[Gate]:
    """Give the parts of a gate that have no parts themselves."""
    if isinstance(gate, AllOf | AnyOf | AtLeast):
        for part in gate.of:
            yield from atoms(part)
    else:
        yield gate


def _counts(by: str, asked: Iterable[Gate], now: Situation) -> dict[str, int]:
    values = {atom.value for atom in asked if isinstance(atom, Count) and atom.by == by}
    if by == "journey":
        return {str(value): _on_journey(str(value), now) for value in values}
    return {str(value): now.progress.counts.get((by, value), 0) for value in values}


def _on_journey(name: str, now: Situation) -> int:
    if name in now.catalog.journeys:
        return now.acted_on(name)
    return _ENDLESS if holds(Count("journey", name, _ENDLESS), now) else 0


def json_logic(gate: Gate) -> dict[str, Any]:
    """Return a gate as JsonLogic.

    >>> json_logic(Count("skill", "trust", 2))
    {'>=': [{'var': 'count.skill.trust'}, 2]}
    """
    match gate:
        case Resolved(name):
            return {"or": [{"var": f"acted.{name}"}, {"var": f"out.{name}"}]}
        case Done(name):
            return {"!!": [{"var": f"done.{name}"}]}
        case Elapsed(days, name):
            return {"or": [{">=": [{"var": [f"age.{name}", -1]}, days]}, {"var": f"out.{name}"}]}
        case Count(by, value, n):
            return {">=": [{"var": f"count.{by}.{value}"}, n]}
        case DistinctDays(n):
            return {">=": [{"var": "days"}, n]}
    parts = [json_logic(part) for part in gate.of]
    if isinstance(gate, AtLeast):
        return {">=": [{"+": [{"if": [part, 1, 0]} for part in parts]}, gate.n]}
    return {"and" if isinstance(gate, AllOf) else "or": parts}


def cel(gate: Gate) -> str:
    """Return a gate as an expression of CEL.

    >>> cel(AnyOf([Count("depth", 1, 3), Done("tea/first-cup")]))
    '(count["depth"]["1"] >= 3 || "tea/first-cup" in done)'
    """
    match gate:
        case Resolved(name):
            return f"({_quoted(name)} in acted || {_quoted(name)} in out)"
        case Done(name):
            return f"{_quoted(name)} in done"
        case Elapsed(days, name):
            quoted = _quoted(name)
            return f"({quoted} in age && age[{quoted}] >= {days} || {quoted} in out)"
        case Count(by, value, n):
            return f'count["{by}"][{_quoted(str(value))}] >= {n}'
        case DistinctDays(n):
            return f"days >= {n}"
    parts = [cel(part) for part in gate.of]
    if isinstance(gate, AtLeast):
        return f"{' + '.join(f'({part} ? 1 : 0)' for part in parts)} >= {gate.n}"
    return f"({(' && ' if isinstance(gate, AllOf) else ' || ').join(parts)})"


def _quoted(words: str) -> str:
    return json.dumps(words)
