"""Measures the kit beside its peers, prints the table, and fails where a ratio is on the wrong side of its line."""

import argparse
import importlib
import sys
from collections.abc import Iterator, Sequence

from benchmarks.corpora import forget
from benchmarks.limits import fallen, for_a_quick_run, read_limits
from benchmarks.measuring import FULL, QUICK, Effort, Row
from benchmarks.table import README, machine, table, written

#: The pieces of work, each a module with ``rows``.
WORK = ("gates", "suggesting", "checking", "proving", "simulating")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and return the exit code: 1 where a line was not kept to, 2 where a peer is missing."""
    asked = _parser().parse_args(arguments)
    if asked.write and (asked.quick or asked.only):
        print("only a full run of everything is written into the table", file=sys.stderr)
        return 2
    limits = for_a_quick_run(read_limits()) if asked.quick else read_limits()
    try:
        rows = list(measured(asked.only or WORK, QUICK if asked.quick else FULL))
    except ModuleNotFoundError as missing:
        print(f"no module named {missing.name!r}: run it with uv run --group bench", file=sys.stderr)
        return 2
    told = f"{machine()}.\n\n{table(rows, limits)}"
    print(f"\n{told}")
    if asked.write:
        README.write_text(written(README.read_text(encoding="utf-8"), told), encoding="utf-8", newline="\n")
    wrong = list(fallen(rows, limits))
    print(*wrong, sep="\n", file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "only", nargs="*", choices=[[], *WORK], help="what is measured; everything where nothing is said"
    )
    parser.add_argument("--quick", action="store_true", help="small sizes, and lines that a restless machine keeps to")
    parser.add_argument("--write", action="store_true", help="write the table into benchmarks/README.md")
    return parser


def measured(work: Sequence[str], effort: Effort) -> Iterator[Row]:
    """Give what is measured, telling what is being done, as it takes minutes."""
    for name in work:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        for row in importlib.import_module(f"benchmarks.{name}").rows(effort):
            print(f"  {row.work}, beside {row.beside}: {row.value.middle:.3g} {row.unit}", file=sys.stderr, flush=True)
            yield row
        forget()


if __name__ == "__main__":
    sys.exit(main())
