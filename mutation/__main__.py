"""How many mutants of ``practice`` and ``stores`` the tests kill, and whether those that live are explained.

It ends with 1 where fewer than 90% are killed, or where one lives that ``docs/mutation.md`` does not explain.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code

from mutation.trying import make, try_all

ROOT = Path(__file__).parent.parent
MUTANTS = ROOT / "mutants"
EXPLAINED = ROOT / "docs" / "mutation.md"

#: Of a hundred mutants, so many are to be killed.
ENOUGH = 90

#: What is no survivor: a test failed, or never came to an end.
_KILLED = {"killed", "timeout", "segfault"}

#: A mutant as it is told: the function, and the lines that were taken away and put in.
Change = tuple[str, ...]


def tried() -> dict[str, tuple[Path, str]]:
    """Return the source file of each mutant that was tried and how it went, by its name."""
    found = {}
    for file in sorted(MUTANTS.rglob("*.py.meta")):
        source = file.relative_to(MUTANTS).with_suffix("")
        for name, code in json.loads(file.read_text("utf-8"))["exit_code_by_key"].items():
            if code is not None:
                found[name] = source, status_by_exit_code[code]
    return found


def change_of(name: str, source: Path) -> Change:
    """Return what a mutant changes."""
    module, _, mangled = name.rpartition(".")
    place = mangled.partition("__mutmut_")[0].removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    lines = get_diff_for_mutant(name, path=source).splitlines()
    changed = (
        line[0] + " " + line[1:].strip() for line in lines if line[:1] in "+-" and line[:3] not in {"---", "+++"}
    )
    return f"@@ {module.removeprefix('intimacy_kit.')}.{place}", *changed


def explained(text: str) -> Iterator[Change]:
    """Give the changes in the blocks of a text; each begins with ``@@``."""
    change: list[str] = []
    for line in [*text.splitlines(), "@@"]:
        if line.startswith(("@@", "```")) and change:
            yield tuple(change)
            change = []
        if line.startswith("@@ ") or (change and line[:1] in {"+", "-"}):
            change.append(line.strip())


def told(results: Mapping[str, tuple[Path, str]]) -> Iterator[str]:
    """Give a line for each module, and one for all of them."""
    modules: dict[str, Counter[str]] = {}
    for name, (_, status) in results.items():
        for module in (name.rpartition(".")[0], "all of them"):
            modules.setdefault(module, Counter())["killed" if status in _KILLED else status] += 1
    for module in [*sorted(modules.keys() - {"all of them"}), "all of them"]:
        counts = modules[module]
        others = ", ".join(f"{n} {status}" for status, n in sorted(counts.items()) if status != "killed")
        share = 100 * counts["killed"] / counts.total()
        yield f"{share:5.1f}%  {counts['killed']} of {counts.total()}  {module}  {others}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the mutants, say how it went, and return 1 where that is not good enough."""
    asked = _parser().parse_args(arguments)
    os.chdir(ROOT)
    if not asked.known:
        if not MUTANTS.is_dir() or not (asked.again or asked.go_on):
            make(ROOT)
        try_all(ROOT, asked.again or ["*"], one_in=asked.one_in, go_on=asked.go_on, processes=asked.processes)
    results = tried()
    known = set(explained(EXPLAINED.read_text("utf-8")))
    alive = {change_of(name, source) for name, (source, status) in results.items() if status not in _KILLED}
    for change in sorted(alive - known):
        print("Alive, and not explained in docs/mutation.md:", *change, "", sep="\n")
    print(*told(results), sep="\n")
    killed = sum(status in _KILLED for _, status in results.values())
    return int(bool(alive - known) or killed * 100 < ENOUGH * len(results))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m mutation", description=__doc__)
    parser.add_argument("again", nargs="*", help="mutants to be tried again, such as 'intimacy_kit.practice.resting.*'")
    parser.add_argument("--go-on", action="store_true", help="try those that were not tried, after it was stopped")
    parser.add_argument("--one-in", type=int, default=1, help="try one in so many, where all would take too long")
    parser.add_argument("--known", action="store_true", help="try none, and say how it went the last time")
    parser.add_argument(
        "--processes", type=int, default=os.cpu_count() or 1, help="how many at once; one for each core"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
