"""A report as one page: it needs no network and no script, follows light and dark, and reads on a phone."""

from collections.abc import Iterable, Iterator, Sequence

from intimacy_kit.authoring.simulation.groups import groups
from intimacy_kit.authoring.simulation.markup import Node, node, written
from intimacy_kit.authoring.simulation.pictures import (
    depth_over_time,
    how_often,
    least_seen,
    pools_left,
    waits,
    waits_by_persona,
)
from intimacy_kit.authoring.simulation.reports import Measure, Report
from intimacy_kit.authoring.simulation.telling import heading, number, share, value
from intimacy_kit.content.vocabulary import DEPTHS

__all__ = ["MADE", "page"]

#: What a page says of itself in its first lines.
MADE = "intimacy-kit simulate"

_MOST_ROWS = 500

_STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fdfcfa; --ink: #23262b; --soft: #5c626b; --hair: #dedbd4; --faint: #b9bdc4; --rest: #ecebe6;
  --plain: #4f7ea8; --good: #2b6a45; --bad: #a3341f;
  --d1: #a6c8e3; --d2: #6ea3cc; --d3: #33699b; --d4: #15375a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15181c; --ink: #e8e6e1; --soft: #a7abb2; --hair: #33383f; --faint: #5a616b; --rest: #23272d;
    --plain: #6f9fca; --good: #7cc79b; --bad: #f0907b;
    --d1: #b4d1ea; --d2: #82b0d9; --d3: #5286b8; --d4: #30608f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 72rem; padding: 2.5rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
}
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .75rem; font-weight: 650; }
h2 { font-size: 1.25rem; margin: 3rem 0 .4rem; font-weight: 650; }
p { margin: 0 0 1rem; max-width: 44rem; }
.verdict { font-weight: 600; }
.kept { color: var(--good); } .broken { color: var(--bad); font-weight: 600; }
ul { max-width: 52rem; padding-left: 1.2rem; } li { margin-bottom: .6rem; } .soft { color: var(--soft); }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: 1.75rem 2rem; }
.pairs { grid-template-columns: repeat(auto-fill, minmax(min(26rem, 100%), 1fr)); }
figure { margin: 0 0 2rem; } figcaption { color: var(--soft); max-width: 44rem; margin-bottom: 1rem; }
svg { display: block; width: 100%; max-width: 26rem; height: auto; overflow: visible; }
svg text { font: 11px system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; fill: var(--ink); }
svg .title { font-size: 13px; font-weight: 600; }
svg .tick { fill: var(--soft); } svg .row { font-size: 12px; } svg .value { font-size: 11px; }
svg .middle { text-anchor: middle; } svg .end { text-anchor: end; }
svg .halo { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; }
svg .grid { stroke: var(--hair); } svg .base { stroke: var(--soft); }
svg .limit { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 4 3; }
svg polyline { fill: none; } svg .faint { stroke: var(--faint); stroke-width: 1; }
svg .most { stroke: var(--d3); stroke-width: 2.5; }
svg .least { stroke: var(--ink); stroke-width: 2; stroke-dasharray: 5 3; }
.plain { fill: var(--plain); } .rest { fill: var(--rest); }
.d1 { fill: var(--d1); } .d2 { fill: var(--d2); } .d3 { fill: var(--d3); } .d4 { fill: var(--d4); }
svg .d1, svg .d2 { stroke: var(--d3); stroke-width: .6; } .rest { stroke: var(--faint); stroke-width: .5; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem 1rem .35rem 0; border-bottom: 1px solid var(--hair); }
th { font-weight: 600; } th small { display: block; font-weight: 400; } .n { text-align: right; white-space: nowrap; }
details { margin-top: 1rem; } summary { cursor: pointer; color: var(--soft); }
summary:focus-visible { outline: 2px solid var(--plain); outline-offset: 3px; }
"""


def page(report: Report) -> str:
    """Return a report as HTML, whole in itself."""
    title = "Simulation of " + " and ".join(name for name, _ in report.packs)
    head = node(
        "head",
        node("meta", charset="utf-8"),
        node("meta", name="generator", content=MADE),
        node("meta", name="viewport", content="width=device-width, initial-scale=1"),
        node("title", title),
        node("style", _STYLE),
    )
    body = node("body", node("main", node("h1", title), node("p", heading(report)), *_sections(report)))
    return written(node("html", head, body, lang="en"))


def _sections(report: Report) -> Iterator[Node]:
    yield from _limits(report)
    if not report.lives:
        return
    yield from _section(
        "What was seen, and how often",
        "Each bar is one activity: how often it was offered to a couple that could have been offered it. Bars of much"
        " the same height are a pool that is shared fairly; what few people come to sinks to the right.",
        how_often(report),
        "pairs",
    )
    said = "The activities that the smallest part of the couples came to, of those who could have."
    yield _pictures(said, least_seen(report), "pairs")
    yield _more("Every activity", _activities(report))
    yield from _section(
        "Waits",
        "From the first day on which an activity was allowed and open to the day on which it came, counted in days on"
        " which somebody looked. With three a day, a pool of 120 takes 40 days to be shown once.",
        [waits(report), *waits_by_persona(report)],
    )
    yield from _section(
        "Depth over time",
        "What was done in each week, by depth: light lies at the bottom, deep on top, and each is darker than the one"
        " below it. All couples of a kind together, whatever they allow.",
        depth_over_time(report),
    )
    yield _more("Everybody in numbers", _everybody(report))
    yield from _section(
        "What is left of the pool",
        "How many activities are allowed and were never offered yet, to couples who look every day and take the first."
        " Each line is a profile of what people allow.",
        pools_left(report),
        "pairs",
    )
    yield _more("Every profile", _profiles(report))
    if report.left_out:
        yield node("h2", "Not lived")
        yield node("ul", *(node("li", reason) for reason in report.left_out))


def _limits(report: Report) -> Iterator[Node]:
    broken = len(report.problems)
    verdict = "Every limit is kept." if not broken else f"{broken} of {len(report.measures)} limits are not kept."
    verdict = verdict if report.lives else "Nobody could live with it."
    yield node("p", verdict, class_=f"verdict {'broken' if broken else 'kept'}")
    if broken:
        yield node(
            "ul", *(node("li", f"{p.message} ", node("span", f"({p.hint})", class_="soft")) for p in report.problems)
        )
    if not report.measures:
        return
    yield node("h2", "Limits")
    rows = [
        (
            node("span", one.name, node("small", one.whose if one.value != 0 else "", class_="soft")),
            value(one, one.value),
            value(one, one.limit),
            _verdict(one),
        )
        for one in report.measures
    ]
    caption = "What was found at most, with whom, and how much is allowed"
    yield _table(caption, ("limit", "found", "at most", ""), rows, (1, 2, 3))


def _verdict(one: Measure) -> Node:
    if one.ok is None:
        return node("span", "not judged", class_="soft")
    return node("span", "✓ kept" if one.ok else "✗ not kept", class_="kept" if one.ok else "broken")


def _section(title: str, words: str, pictures: Iterable[Node], class_: str = "") -> Iterator[Node]:
    yield node("h2", title)
    yield _pictures(words, pictures, class_)


def _pictures(words: str, pictures: Iterable[Node], class_: str = "") -> Node:
    return node("figure", node("figcaption", words), node("div", *pictures, class_=f"pictures {class_}".strip()))


def _more(title: str, table: Node) -> Node:
    return node("details", node("summary", f"{title}, as a table"), table)


def _table(caption: str, names: Sequence[str], rows: Iterable[Sequence[Node | str]], numbers: Sequence[int]) -> Node:
    def cell(place: int, inside: Node | str) -> Node:
        kind = {"class_": "n"} if place in numbers else {}
        return node("th", inside, scope="row", **kind) if place == 0 else node("td", inside, **kind)

    head = [
        node("th", name, scope="col", **({"class_": "n"} if place in numbers else {}))
        for place, name in enumerate(names)
    ]
    body = [node("tr", *(cell(place, inside) for place, inside in enumerate(row))) for row in rows]
    table = node("table", node("caption", caption), node("thead", node("tr", *head)), node("tbody", *body))
    return node("div", table, class_="wide", tabindex=0, role="region", aria_label=caption)


def _activities(report: Report) -> Node:
    names = ("activity", "depth", "offered", "couples", "of", "first on day", "longest wait")
    rows = [
        (
            one.id + (" (retired)" if one.retired else ""),
            DEPTHS[one.depth],
            number(one.offered),
            number(one.couples),
            number(one.possible),
            "never" if one.first_day is None else str(one.first_day + 1),
            number(one.longest_wait),
        )
        for one in report.activities[:_MOST_ROWS]
    ]
    more = len(report.activities) - len(rows)
    caption = "How often each was offered, and to how many of the couples it could be offered to"
    return _table(caption + (f"; {number(more)} more are in the JSON" if more else ""), names, rows, range(2, 7))


def _everybody(report: Report) -> Node:
    names = ("those who", "", "couples", "offered", "done", "never offered", "longest empty run", "longest wait")
    rows = [
        (
            group.name,
            group.about,
            number(group.couples),
            number(group.offered),
            number(group.taken),
            share(group.never_offered),
            number(group.empty),
            number(group.wait),
        )
        for group in groups(report)
    ]
    return _table("Ways of using it", names, rows, range(2, 8))


def _profiles(report: Report) -> Node:
    weeks = len(report.pools[0].left)
    shown = sorted({min(week, weeks) for week in (1, 4, 8, weeks)})
    names = ("profile", "allowed", *(f"left after week {week}" for week in shown))
    rows = [
        (pool.profile, number(pool.allowed), *(number(pool.left[week - 1]) for week in shown))
        for pool in report.pools[:_MOST_ROWS]
    ]
    return _table("Activities allowed, and never offered yet", names, rows, range(1, 6))
