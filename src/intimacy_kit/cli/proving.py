"""``intimacy-kit prove``: what is so of packs for everybody, before they are released."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as RichText

from intimacy_kit.authoring.proofs import PROPERTIES, Facts, Finding, Folk, Proof, prove
from intimacy_kit.cli.given import Given, given_packs, terminal
from intimacy_kit.cli.showing import show_problems
from intimacy_kit.cli.table import WIDTH
from intimacy_kit.cli.text import plain
from intimacy_kit.content.vocabulary import DEPTHS, ORDINARY_TOPICS, SENSITIVE_TOPICS
from intimacy_kit.problems import Problem

__all__ = ["prove_command"]


@click.command("prove")
@click.argument("packs", nargs=-1, required=True, metavar="PACK...")
@click.option("--json", "as_json", is_flag=True, help="Print the whole proof as JSON.")
def prove_command(packs: tuple[str, ...], *, as_json: bool) -> None:
    """Prove that nobody gets stuck in a pack, is pressed, or falls too deep.

    It holds for everybody: for each depth people may stop at and each set of topics they may refuse, not for
    some that were tried. Then it says how much there is for whom, and how long that lasts. PACK is the folder of a
    pack's sources, a compiled pack.json, or the name of an installed pack; several are proved together.
    """
    given = given_packs(packs)
    proof = prove(one.pack for one in given)
    if as_json:
        click.echo(json.dumps(_document(proof, given), ensure_ascii=False, indent=1))
    else:
        _show(terminal(), proof, given)
    sys.exit(0 if proof.holds else 1)


def _placed(problem: Problem, given: Sequence[Given]) -> Problem:
    """Return a problem at its place in the sources, where there are any."""
    places = (one.placed for one in given if one.pack.name == problem.where.file)
    return next((placed(problem) for placed in places), problem)


# --- JSON


def _document(proof: Proof, given: Sequence[Given]) -> dict[str, Any]:
    return {
        "packs": list(proof.packs),
        "holds": proof.holds,
        "problems": [document for finding in proof.findings for document in _problems(finding, given)],
        "facts": _facts(proof.facts),
    }


def _problems(finding: Finding, given: Sequence[Given]) -> Iterator[dict[str, Any]]:
    for (name, at), problem in zip(finding.about, finding.problems, strict=True):
        where = _placed(problem, given).where
        yield {
            "code": finding.code,
            "pack": at.file,
            "id": name,
            "file": where.file,
            "line": where.line,
            "column": where.column,
            "pointer": at.pointer,
            "message": finding.message,
            "hint": finding.hint,
        }


def _facts(facts: Facts) -> dict[str, Any]:
    return {
        "activities": {str(depth): number for depth, number in facts.depths},
        "people": [_people(folk) for folk in facts.folks],
        "thinnest": [_people(folk) for folk in facts.thinnest],
    }


def _people(folk: Folk) -> dict[str, Any]:
    return {
        "depth": folk.depth,
        "topics": sorted(folk.topics),
        "activities": folk.permitted,
        "opens_on": {str(depth): day for depth, day in folk.opens_on},
        "new_until": folk.new_until,
        "dry_on": folk.dry_on,
        "minutes_a_week": folk.minutes_a_week,
        "offered_within": folk.offered_within,
    }


# --- text


def _show(console: Console, proof: Proof, given: Sequence[Given]) -> None:
    """Print what was proved, how much there is, and all that is wrong."""
    for one in given:
        size = f"{len(one.pack.activities)} activities, {len(one.pack.journeys)} journeys"
        console.print(plain(f"{one.pack.name} {one.pack.version}", "bold cyan") + plain(f"  {size}"))
    console.print()
    _show_properties(console, proof)
    console.print()
    _show_facts(console, proof.facts)
    if not proof.holds:
        console.print()
        _show_findings(console, proof, given)


def _show_properties(console: Console, proof: Proof) -> None:
    codes = {finding.code for finding in proof.findings}
    for one in PROPERTIES:
        broken = [code for code in one.codes if code in codes]
        mark, style = ("✗", "red") if broken else ("✓", "green")
        console.print(plain(mark, style) + plain(f" {one.sentence}") + plain("".join(f"  {c}" for c in broken), "red"))
    if "K516" in codes:
        console.print(plain("?", "yellow") + plain(" Not everything could be decided.") + plain("  K516", "yellow"))


def _show_facts(console: Console, facts: Facts) -> None:
    depths = ", ".join(f"{number} {DEPTHS[depth]}" for depth, number in facts.depths)
    console.print(plain("How much there is: ", "bold") + plain(depths))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("for those who allow")
    for name in ("in all", *map(str, DEPTHS), "new", "dry", "a week"):
        table.add_column(name, justify="right")
    for folk in facts.folks:
        table.add_row(*_row(folk))
    table.add_row(plain("and who has least:", "dim"))
    for folk in facts.thinnest:
        table.add_row(*_row(folk))
    console.print(Padding(table, (0, 0, 0, 2), expand=False))
    legend = Padding(plain(_LEGEND, "dim"), (0, 0, 0, 2), expand=False)
    console.print(legend, width=min(WIDTH, console.width))


#: So many topics are named in the table.
_NAMED = 2

_LEGEND = (
    "1 to 4: the earliest day on which something of that depth opens. At one a day, new: the day of the last new "
    "one; dry: the first day on which nothing has rested, landings aside; a week: minutes. What was seen least "
    "comes first, so all of it was suggested after as many evenings as there are activities."
)


def _row(folk: Folk) -> list[RichText]:
    topics = sorted(folk.topics)
    if folk.topics.issuperset(SENSITIVE_TOPICS):
        named = "every topic"
    elif folk.topics == frozenset(ORDINARY_TOPICS):
        named = "ordinary topics"
    else:
        named = ", ".join(topics[:_NAMED] + ["..."] * (len(topics) > _NAMED)) or "no topic"
    days = [day for _, day in folk.opens_on]
    cells = [f"{DEPTHS[folk.depth]}, {named}", folk.permitted, *days, folk.new_until, folk.dry_on or "never"]
    return [plain("-" if cell is None else cell) for cell in (*cells, folk.minutes_a_week)]


def _show_findings(console: Console, proof: Proof, given: Sequence[Given]) -> None:
    """Print what is wrong, each cause once, at the first place it is about; pack by pack where there are several."""
    by_pack: dict[str, list[Problem]] = {}
    for finding in proof.findings:
        by_pack.setdefault(finding.about[0][1].file, []).append(finding.problems[0])
    roots = {one.pack.name: one.root or Path() for one in given}
    for pack, problems in by_pack.items():
        if len(given) > 1:
            console.print(plain(pack, "bold cyan"))
        show_problems(console, sorted(_placed(problem, given) for problem in problems), roots.get(pack, Path()))
    count = len(proof.findings)
    click.echo("1 problem" if count == 1 else f"{count} problems", err=True)
