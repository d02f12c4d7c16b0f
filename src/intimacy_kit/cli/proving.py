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

from intimacy_kit.authoring.proofs import PROPERTIES, Facts, Finding, Folk, Proof, Property, each_folk, prove
from intimacy_kit.cli.given import Given, given_packs, terminal
from intimacy_kit.cli.placing import placed
from intimacy_kit.cli.showing import show_problems
from intimacy_kit.cli.table import WIDTH
from intimacy_kit.cli.text import plain
from intimacy_kit.content.vocabulary import DEPTHS, ORDINARY_TOPICS, SENSITIVE_TOPICS
from intimacy_kit.problems import Problem

__all__ = ["prove_command"]


@click.command("prove", short_help="Prove that nobody gets stuck, is pressed, or falls too deep.")
@click.argument("packs", nargs=-1, required=True, metavar="PACK...")
@click.option("--json", "as_json", is_flag=True, help="Print the whole proof as JSON.")
def prove_command(packs: tuple[str, ...], *, as_json: bool) -> None:
    """Prove that nobody gets stuck in a pack, is pressed, or falls too deep.

    It holds for everybody: for each depth people may stop at and each set of topics they may refuse, not for
    some that were tried. Then it says how much there is for whom, and how long that lasts. PACK is the folder of a
    pack's sources, a compiled pack.json, or the name of an installed pack; several are proved together.
    """
    given = given_packs(packs, as_json=as_json)
    proof = prove(one.pack for one in given)
    if as_json:
        click.echo(json.dumps(_document(proof, given), ensure_ascii=False, indent=1))
    else:
        _show(terminal(), proof, given)
    sys.exit(0 if proof.holds else 1)


# --- JSON


def _document(proof: Proof, given: Sequence[Given]) -> dict[str, Any]:
    return {
        "packs": list(proof.packs),
        "holds": proof.holds,
        "problems": [document for finding in proof.findings for document in _problems(finding, given)],
        "facts": _facts(proof.facts, each_folk(one.pack for one in given)),
    }


def _problems(finding: Finding, given: Sequence[Given]) -> Iterator[dict[str, Any]]:
    for (name, at), problem in zip(finding.about, finding.problems, strict=True):
        where = placed(problem, given).where
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
            "in_doubt": finding.in_doubt or None,
        }


def _facts(facts: Facts, each: Sequence[Folk]) -> dict[str, Any]:
    return {
        "activities": {str(depth): number for depth, number in facts.depths},
        "people": [_people(folk) for folk in facts.folks],
        "thinnest": [_people(folk) for folk in facts.thinnest],
        "each": [_people(folk) for folk in each],
    }


def _people(folk: Folk) -> dict[str, Any]:
    return {
        "name": _name(folk, len(folk.topics)),
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
        size = f"{_so_many(len(one.pack.activities), 'activity', 'activities')}, "
        size += _so_many(len(one.pack.journeys), "journey", "journeys")
        console.print(plain(f"{one.pack.name} {one.pack.version}", "bold cyan") + plain(f"  {size}"))
    console.print()
    _show_properties(console, proof)
    console.print()
    _show_facts(console, proof.facts)
    if not proof.holds:
        console.print()
        _show_findings(console, proof, given)


def _show_properties(console: Console, proof: Proof) -> None:
    for one in PROPERTIES:
        mark, style, added = _verdict(one, proof)
        console.print(
            plain(mark, style) + plain(f" {one.sentence}") + plain(f"  {added}" if added else "", style), soft_wrap=True
        )


def _verdict(one: Property, proof: Proof) -> tuple[str, str, str]:
    """Return the mark of a property, its style, and what is added: codes, or that it speaks of nothing here."""
    broken = list(dict.fromkeys(f.code for f in proof.findings if f.code in one.codes or f.explains in one.codes))
    doubts = {finding.code for finding in proof.findings if finding.in_doubt in one.codes}
    if broken:
        return "✗", "red", "  ".join([*broken, *doubts])
    if doubts:
        return "?", "yellow", "  ".join(doubts)
    return ("✓", "green", "") if one.of in proof.there else ("·", "dim", "(none here)")


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
    legend = Padding(plain(_legend(facts), "dim"), (0, 0, 0, 2), expand=False)
    console.print(legend, width=min(WIDTH, console.width))


#: So many topics are named in the table.
_NAMED = 2

_LEGEND = (
    "1 to 4: the earliest day on which something of that depth opens, for people who do as much as they like in a day "
    "and wait for no rest. At one a day, new: the day of the last new one; dry: the first day on which nothing has "
    "rested, landings aside; a week: minutes, over the days it lasts. What was seen least comes first, so all "
)


def _legend(facts: Facts) -> str:
    """Return what the columns say; how long it takes until all was suggested holds of what opens."""
    if all(folk.offered_within == folk.permitted for folk in facts.folks):
        return f"{_LEGEND}of it was suggested after as many evenings as there are activities."
    folk = facts.folks[-1]
    counted = f"for those who allow everything {folk.offered_within} of {folk.permitted}"
    return f"{_LEGEND}that opens was suggested after as many evenings as there are activities that open: {counted}."


def _so_many(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _name(folk: Folk, most: int) -> str:
    """Return what people are called by what they allow, with so many topics at most."""
    topics = sorted(folk.topics)
    if folk.topics.issuperset(SENSITIVE_TOPICS):
        named = "every topic"
    elif folk.topics == frozenset(ORDINARY_TOPICS):
        named = "ordinary topics"
    else:
        named = ", ".join(topics[:most] + ["..."] * (len(topics) > most)) or "no topic"
    return f"{DEPTHS[folk.depth]}, {named}"


def _row(folk: Folk) -> list[RichText]:
    days = [day for _, day in folk.opens_on]
    cells = [_name(folk, _NAMED), folk.permitted, *days, folk.new_until, folk.dry_on or "never"]
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
        show_problems(console, sorted(placed(problem, given) for problem in problems), roots.get(pack, Path()))
    count = len(proof.findings)
    click.echo("1 problem" if count == 1 else f"{count} problems", err=True)
