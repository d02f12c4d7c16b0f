"""One gate: the kit's compiled rules beside json-logic and cel-python, on the same gates and the same history."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random

import celpy
from json_logic import jsonLogic

from benchmarks.corpora import ALL_ALLOWED, NOW, catalog_of, progress_after
from benchmarks.measuring import Effort, Row, side_by_side
from benchmarks.translated import cel, history, json_logic
from intimacy_kit.content.gates import Gate
from intimacy_kit.practice.gates import Rule, Situation, rules_of
from intimacy_kit.practice.progress import Progress

__all__ = ["PEERS", "agree", "programs", "rows", "ways"]

#: What judges all gates, by name.
Ways = Mapping[str, Callable[[], list[bool]]]

#: The peers, and the name of the limit of each.
PEERS = {
    "json-logic": "gate-json-logic",
    "cel-python": "gate-cel-python",
    "cel-python, transpiled": "gate-cel-python-transpiled",
}

_KIT = "intimacy-kit"
_SIZE, _GATES, _FEW_GATES, _DEEDS = 1_000, 200, 40, 400


def rows(effort: Effort) -> Iterator[Row]:
    """Measure gates for a new couple, and for one with a history."""
    catalog, chance = catalog_of(_SIZE), Random(1)
    gated = [activity for activity in catalog.values() if activity.requires]
    chosen = chance.sample(gated, _FEW_GATES if effort.quick else _GATES)
    gates = [activity.requires for activity in chosen if activity.requires]
    done = progress_after(chance.sample(list(catalog.values()), _DEEDS), 1, over=60)
    prepared = programs(gates)
    for who, progress in (("a new couple", Progress()), (f"a history of {_DEEDS}", done)):
        now = Situation(catalog, progress, ALL_ALLOWED, NOW.date())
        rules = [rules_of(catalog)[activity.id] for activity in chosen]
        judging = ways(gates, rules, now, prepared)
        agree(judging)
        times = side_by_side(judging, effort)
        for peer, limit in PEERS.items():
            ours, theirs = times.words(_KIT, len(gates)), times.words(peer, len(gates))
            yield Row(f"one gate, {who}", peer, ours, theirs, times.ratio(peer, _KIT), limit=limit)


def agree(judging: Ways) -> None:
    """See that all ways judge all gates alike; raise AssertionError where they do not."""
    ours = judging[_KIT]()
    for name, judge in judging.items():
        assert [bool(answer) for answer in judge()] == ours, f"{name} judges a gate otherwise"


_RUNNERS = {"cel-python": celpy.InterpretedRunner, "cel-python, transpiled": celpy.CompiledRunner}


def programs(gates: Sequence[Gate]) -> dict[str, list[celpy.Runner]]:
    """Return the gates as programs of each runner of cel-python."""
    prepared = {}
    for name, runner in _RUNNERS.items():
        celpy.CELParser.CEL_PARSER = None  # as its documentation says: the parser of the other runner would stay
        environment = celpy.Environment(runner_class=runner)
        prepared[name] = [environment.program(environment.compile(cel(gate))) for gate in gates]
    return prepared


def ways(
    gates: Sequence[Gate], rules: Sequence[Rule], now: Situation, prepared: Mapping[str, Sequence[celpy.Runner]]
) -> Ways:
    """Return what asks the kit and each peer about all gates, with everything made ready that can be."""
    looked_up = history(gates, now)
    trees = [json_logic(gate) for gate in gates]
    activation = {name: celpy.json_to_cel(value) for name, value in looked_up.items()}

    def asks(runners: Sequence[celpy.Runner]) -> Callable[[], list[bool]]:
        return lambda: [runner.evaluate(activation) for runner in runners]

    return {
        _KIT: lambda: [rule(now) for rule in rules],
        "json-logic": lambda: [jsonLogic(tree, looked_up) for tree in trees],
        **{name: asks(runners) for name, runners in prepared.items()},
    }
