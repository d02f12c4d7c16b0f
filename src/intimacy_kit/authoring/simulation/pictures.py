"""The pictures of a report: what was seen how often, waits, depth over time, and the pool that is left."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from intimacy_kit.authoring.simulation.drawing import Plot, bar, label, line, picture, ticks
from intimacy_kit.authoring.simulation.groups import groups
from intimacy_kit.authoring.simulation.markup import Node, node
from intimacy_kit.authoring.simulation.reports import Left, Report, Seen
from intimacy_kit.authoring.simulation.telling import cut, number
from intimacy_kit.content.vocabulary import DEPTHS

__all__ = ["depth_over_time", "how_often", "least_seen", "per_couple", "pools_left", "waits", "waits_by_persona"]

_MOST_BARS, _LEAST, _ROWS = 80, 20, 10
#: The first number of days of each bar of the waits.
_FROM = (0, 1, 4, 8, 15, 29, 57)
#: Words at the side of a picture stand this far apart, and this far from its field.
_APART, _ASIDE = 12.0, 5


def per_couple(seen: Seen) -> float:
    """Return how often an activity was offered to a couple that could have been offered it."""
    return seen.offered / seen.possible if seen.possible else 0.0


def how_often(report: Report) -> Iterator[Node]:
    """Give a picture for each depth: one bar for each activity, as high as it was offered often to a couple."""
    there = [one for one in report.activities if one.possible]
    marks = ticks(max((per_couple(one) for one in there), default=0), 3)
    for depth, word in DEPTHS.items():
        often = sorted((per_couple(one) for one in there if one.depth == depth), reverse=True)
        if often:
            yield _often(word, _binned(often), often, marks, depth)


def _binned(values: Sequence[float]) -> list[float]:
    """Return at most so many values, each the mean of its neighbours."""
    size = -(-len(values) // _MOST_BARS)
    return [sum(part) / len(part) for n in range(0, len(values), size) if (part := values[n : n + size])]


def _often(word: str, bars: Sequence[float], often: Sequence[float], marks: list[float], depth: int) -> Node:
    plot = Plot(across=len(bars), up=marks[-1])
    gap = min(2.0, 60 / len(bars))
    never = sum(not value for value in often)
    said = f"{len(often)} activities; offered {often[0]:.1f} times to a couple at most, {often[-1]:.1f} at least"
    drawn = [
        bar(
            plot.x(place) + gap / 2,
            plot.y(high),
            max(0.6, plot.x(1) - plot.x(0) - gap),
            plot.bottom - plot.y(high),
            f"d{depth}",
        )
        for place, high in enumerate(bars)
    ]
    told = f", {never} of them never" if never else ""
    words = "1 activity" if len(often) == 1 else f"{len(often)} activities, most offered first"
    return picture(
        f"often-{depth}",
        f"{word.capitalize()}: {words}{told}",
        f"{said}{told}.",
        *plot.grid(marks, unit="\N{MULTIPLICATION SIGN}"),
        *drawn,
        height=168,
    )


def least_seen(report: Report) -> Iterator[Node]:
    """Give the activities that fewest couples saw of those who could, ten in a picture."""
    there = sorted(
        (one for one in report.activities if one.possible),
        key=lambda one: (one.couples / one.possible, per_couple(one)),
    )[:_LEAST]
    for first in range(0, len(there), _ROWS):
        part = there[first : first + _ROWS]
        rows = [_row(place, one) for place, one in enumerate(part)]
        said = "; ".join(f"{one.id}: {one.couples} of {one.possible} couples" for one in part)
        title = f"Seen by fewest couples, {first + 1} to {first + len(part)}"
        inside = [element for row in rows for element in row]
        yield picture(f"least-{first}", title, said, *inside, height=30 + 32 * len(part))


def _row(place: int, seen: Seen) -> list[Node]:
    top = 38 + 32 * place
    share = seen.couples / seen.possible
    plot = Plot(across=1, up=1, left=0, right=290)
    return [
        label(0, top, cut(seen.id, 40), "row"),
        label(340, top, f"{DEPTHS[seen.depth]}", "tick end"),
        bar(0, top + 5, 290, 8, "rest"),
        bar(0, top + 5, plot.x(share), 8, f"d{seen.depth}"),
        label(340, top + 13, f"{100 * share:.0f}%", "row end"),
    ]


def waits(report: Report) -> Node:
    """Return how many days activities waited, from when they could have come."""
    times = Counter[int]()
    for persona in report.personas:
        for looks, often in persona.waits:
            times[max(place for place, least in enumerate(_FROM) if least <= looks)] += often
    all_of_them = max(1, times.total())
    shares = [100 * times[place] / all_of_them for place in range(len(_FROM))]
    names = [f"{one}\N{EN DASH}{two - 1}" if two > one + 1 else str(one) for one, two in pairwise(_FROM)]
    names.append(f"{_FROM[-1]}+")
    marks = ticks(max(shares))
    plot = Plot(across=len(shares), up=marks[-1])
    wide = plot.x(1) - plot.x(0) - 8
    drawn: list[Node] = []
    for place, share in enumerate(shares):
        drawn.append(bar(plot.x(place) + 4, plot.y(share), wide, plot.bottom - plot.y(share), "plain"))
        drawn.append(label(plot.x(place + 0.5), plot.y(share) - 4, _per_cent(share), "value middle"))
    said = "; ".join(f"{name} days: {_per_cent(share)}" for name, share in zip(names, shares, strict=True))
    return picture(
        "waits",
        "How long activities waited to come first",
        said,
        *plot.grid(marks, unit="%"),
        *drawn,
        *plot.below([(place + 0.5, name) for place, name in enumerate(names)], "days on which somebody looked"),
    )


def _per_cent(share: float) -> str:
    return "<1%" if 0 < share < 1 else f"{share:.0f}%"


def waits_by_persona(report: Report) -> Iterator[Node]:
    """Give the longest wait of those who use it in different ways, beside the limit."""
    rows = groups(report)
    limit = next((one.limit for one in report.measures if one.code == "K605"), 0)
    highest = max([limit, *(group.wait for group in rows)]) or 1
    for first in range(0, len(rows), _ROWS):
        part = rows[first : first + _ROWS]
        plot = Plot(across=highest * 1.02, up=1, left=128, right=314)
        inside: list[Node] = []
        for place, group in enumerate(part):
            top = 34 + 18 * place
            inside.append(label(122, top + 10, cut(group.name, 21), "row end"))
            inside.append(bar(128, top, plot.x(group.wait) - 128, 12, "plain"))
            inside.append(label(plot.x(group.wait) + 4, top + 10, number(group.wait), "value halo"))
        end = 34 + 18 * len(part)
        inside.append(line(plot.x(limit), 30, plot.x(limit), end, "limit"))
        inside.append(label(plot.x(limit), end + 12, f"limit {number(limit)}", "tick end"))
        said = "; ".join(f"{group.name}: {group.wait} days" for group in part) + f"; the limit is {number(limit)}"
        more = "" if first == 0 else ", continued"
        yield picture(f"longest-{first}", f"Longest wait, in days{more}", said, *inside, height=end + 20)


def depth_over_time(report: Report) -> Iterator[Node]:
    """Give what was done in each week by depth, for those who use it in different ways."""
    for place, group in enumerate(groups(report)):
        weeks = [
            tuple(sum(persona.weeks[week][depth] for persona in group.personas) for depth in range(len(DEPTHS)))
            for week in range(len(group.personas[0].weeks))
        ]
        if any(map(any, weeks)):
            yield _weeks(place, group.name, group.about, weeks)


def _weeks(place: int, name: str, about: str, weeks: Sequence[tuple[int, ...]]) -> Node:
    plot = Plot(across=len(weeks), up=100, right=274, top=46, bottom=140)
    gap = min(3.0, 60 / len(weeks))
    wide = plot.x(1) - plot.x(0) - gap
    drawn: list[Node] = []
    centres: dict[int, float] = {}
    for week, done in enumerate(weeks):
        below = 0.0
        for depth, times in enumerate(done, 1):
            if times:
                share = 100 * times / sum(done)
                drawn.append(
                    bar(
                        plot.x(week) + gap / 2,
                        plot.y(below + share),
                        wide,
                        plot.y(below) - plot.y(below + share),
                        f"d{depth}",
                    )
                )
                centres[depth] = plot.y(below + share / 2)
                below += share
    said = "; ".join(
        f"week {week + 1}: " + ", ".join(f"{100 * n / sum(done):.0f}% {DEPTHS[d]}" for d, n in enumerate(done, 1) if n)
        for week, done in enumerate(weeks)
        if any(done)
    )
    last = len(weeks) - 1
    shown = sorted({0, last // 2, last})
    return picture(
        f"weeks-{place}",
        name,
        said,
        label(0, 30, cut(about, 58), "tick"),
        *plot.grid([0, 50, 100], unit="%"),
        *drawn,
        *_aside(centres, plot),
        *plot.below([(week + 0.5, str(week + 1)) for week in shown], "week"),
        height=174,
    )


def _aside(centres: dict[int, float], plot: Plot) -> Iterator[Node]:
    """Name the depths at the side, each where it ended, and none upon another."""
    lowest = plot.top - _APART / 2
    for depth in sorted(centres, reverse=True):
        lowest = max(centres[depth] + 4, lowest + _APART)
        yield bar(plot.right + _ASIDE, lowest - 8, 8, 8, f"d{depth}")
        yield label(plot.right + _ASIDE + 12, lowest, DEPTHS[depth], "tick")


def pools_left(report: Report) -> Iterator[Node]:
    """Give what those who look every day have not been offered yet, week by week, for each ceiling of depth."""
    marks = ticks(max((pool.allowed for pool in report.pools), default=0))
    for depth, word in DEPTHS.items():
        pools = [pool for pool in report.pools if pool.depth == depth]
        if pools:
            yield _pools(depth, word, pools, marks)


def _pools(depth: int, word: str, pools: Sequence[Left], marks: list[float]) -> Node:
    weeks = len(pools[0].left)
    plot = Plot(across=weeks, up=marks[-1])
    most, least = pools[0], min(pools, key=lambda pool: pool.allowed)
    named = [most] if most is least else [most, least]
    drawn = [_way(pool, plot, "faint") for pool in pools if pool not in named]
    drawn += [_way(pool, plot, kind) for pool, kind in zip(named, ("most", "least"), strict=False)]
    others = len(pools) - len(named)
    key = [(f"all of it: {most.allowed}", "most")]
    key += [(f"{_without(least, word)}: {least.allowed}", "least")] * (len(named) - 1)
    key += [(f"{others} more", "faint")] * bool(others)
    said = "; ".join(
        f"{pool.profile}: {pool.allowed} at first, {number(pool.left[-1])} after {weeks} weeks" for pool in named
    )
    for place, (words, kind) in enumerate(key):
        y = plot.top + 8 + 15 * place
        drawn.append(line(132, y, 152, y, kind))
        drawn.append(label(158, y + 4, cut(words, 32), "tick halo"))
    shown = sorted({0, weeks // 2, weeks})
    return picture(
        f"pool-{depth}",
        f"Allowed up to {word}",
        f"{said}; {others} more profiles lie between or below.",
        *plot.grid(marks),
        *drawn,
        *plot.below([(week, str(week)) for week in shown], "weeks"),
    )


def _without(pool: Left, word: str) -> str:
    return pool.profile.removeprefix(f"up to {word}, ")


def _way(pool: Left, plot: Plot, class_: str) -> Node:
    points = [(plot.x(0), plot.y(pool.allowed)), *((plot.x(n), plot.y(left)) for n, left in enumerate(pool.left, 1))]
    return node("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), class_=class_)
