"""How a map looks: its colours, and the small shapes that say the same as the colours do."""

from intimacy_kit.content.vocabulary import DEPTHS

__all__ = ["FONT", "STYLE", "depth_dots", "kind_shape", "number", "sign"]

FONT = '"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif'

#: For each depth, 0 where it is not known: the ground of a box, its edge, and its words, lines and shapes.
_LIGHT = {
    0: ("#f1f1ef", "#c4c4be", "#55554f"),
    1: ("#fff7e0", "#e8cf86", "#875e00"),
    2: ("#e6f5ef", "#94cdb8", "#12654c"),
    3: ("#f0ebfc", "#b9a8e3", "#573aa6"),
    4: ("#fbe8ed", "#dc9cad", "#921e42"),
}
_DARK = {
    0: ("#2b2d30", "#55585c", "#b9bcc1"),
    1: ("#332b14", "#7a6524", "#f0cd72"),
    2: ("#122f27", "#2f7560", "#85d6ba"),
    3: ("#292143", "#6654a0", "#c5b4f5"),
    4: ("#3a1722", "#93465c", "#f3a5b8"),
}
#: The page, its words, quieter words, lanes, rules, gates and the words in them, and what is wrong.
_DAY = ("#ffffff", "#22262b", "#5c636c", "#f6f6f4", "#d9dad6", "#3a4453", "#ffffff", "#b3261e")
_NIGHT = ("#15171a", "#e7e9ec", "#a3aab4", "#1d2024", "#3a3f46", "#c9d2de", "#12161b", "#ff9a90")


def _colours(plain: tuple[str, ...], depths: dict[int, tuple[str, str, str]]) -> str:
    page, words, quiet, lane, rule, gate, on_gate, wrong = plain
    rules = [
        f".page{{fill:{page}}}text{{fill:{words}}}.note,.small{{fill:{quiet}}}.strip{{fill:{lane}}}",
        f".rule{{stroke:{rule}}}.node{{fill:{gate}}}text.gate{{fill:{on_gate}}}.wrong{{fill:{wrong}}}",
        f".badge{{fill:{gate}}}.letter,.also{{fill:{on_gate}}}.wire{{stroke:{quiet}}}.tip{{fill:{quiet}}}",
    ]
    for depth, (ground, edge, ink) in depths.items():
        rules.append(
            f".d{depth} .box{{fill:{ground};stroke:{edge}}}.d{depth} .ink,.d{depth} .head,.d{depth} .tip{{fill:{ink}}}"
            f".d{depth} .ring,.d{depth} .wire,.d{depth} .leader{{stroke:{ink}}}"
        )
    rules.append(f".broken .box{{stroke:{wrong}}}.broken .head{{fill:{wrong}}}")
    return "".join(rules)


STYLE = "".join(
    [
        f"text{{font-family:{FONT};font-size:12px;white-space:pre}}",
        ".title{font-size:24px;font-weight:700}.note{font-size:13px}.lane,.letter{font-size:14px;font-weight:700}",
        ".small{font-size:11px}.heading{font-size:16px;font-weight:700}.stage{font-weight:700}",
        ".head,.also{font-size:11px;font-weight:700}",
        ".wire{fill:none;stroke-width:1.4}.done .wire{stroke-width:2.6}.elapsed .wire{stroke-dasharray:1.5 3.5}",
        ".ring{fill:none;stroke-width:2}.rule{stroke-width:1}.retired{text-decoration:line-through}",
        ".leader{stroke-width:.8;stroke-dasharray:1 3}.broken .box{stroke-width:1.5;stroke-dasharray:5 3}",
        "g.gate:hover .wire{stroke-width:4}.entry:hover .name{text-decoration:underline}",
        _colours(_DAY, _LIGHT),
        f"@media(prefers-color-scheme:dark){{{_colours(_NIGHT, _DARK)}}}",
    ]
)


def number(value: float) -> str:
    """Return a length as SVG takes it, to a tenth of a pixel.

    >>> number(12.0), number(0.25)
    ('12', '0.2')
    """
    return f"{round(value, 1):g}"


def kind_shape(kind: str, x: float, y: float) -> str:
    """Return the shape that stands for a kind of activity, its middle at a point."""
    at = {"x": number(x), "y": number(y), "left": number(x - 4), "top": number(y - 4)}
    match kind:
        case "prompt":
            return '<circle class="ink" cx="{x}" cy="{y}" r="4"/>'.format(**at)
        case "exercise":
            return '<rect class="ink" x="{left}" y="{top}" width="8" height="8" rx="1"/>'.format(**at)
        case "story":
            return '<path class="ink" d="M{x} {y}m0-5.5l5.5 5.5-5.5 5.5-5.5-5.5z"/>'.format(**at)
        case "check_in":
            return '<circle class="ring" cx="{x}" cy="{y}" r="3.5"/>'.format(**at)
        case "guide":
            return '<path class="ink" d="M{x} {y}m0-5l5 9h-10z"/>'.format(**at)
    return '<path class="ink" d="M{x} {y}m-4-1h8v2h-8z"/>'.format(**at)


def depth_dots(depth: int, x: float, y: float) -> str:
    """Return four dots in a row from a point, as many of them filled as the depth says."""
    return "".join(
        f'<circle class="{"ink" if at < depth else "ring dot"}" cx="{number(x + 3.5 + at * 9)}" cy="{number(y)}" '
        f'r="{"3.5" if at < depth else "2.5"}"/>'
        for at in range(len(DEPTHS))
    )


def sign(name: str, x: float, y: float) -> tuple[str, float]:
    """Return a sign for the legend with its left edge at a point, and its width."""
    what, _, which = name.partition("-")
    match what:
        case "depth":
            box = f'<rect class="box" x="{number(x)}" y="{number(y - 9)}" width="45" height="18" rx="5"/>'
            return f'<g class="d{which}">{box}{depth_dots(int(which), x + 5, y)}</g>', 45
        case "kind":
            return f'<g class="d0">{kind_shape(which, x + 5, y)}</g>', 10
        case "also":
            badge = f'<rect class="badge" x="{number(x)}" y="{number(y - 7)}" width="14" height="14" rx="4"/>'
            return f'{badge}<text class="also" x="{number(x + 3)}" y="{number(y + 4)}">A</text>', 14
        case "gate":
            return f'<rect class="node" x="{number(x)}" y="{number(y - 8)}" width="26" height="16" rx="5"/>', 26
    line = f'<path class="wire" d="M{number(x)} {number(y)}h25"/>'
    tip = f'<path class="tip" d="M{number(x + 32)} {number(y)}l-8-4v8z"/>'
    return f'<g class="{which} d0">{line}{tip}</g>', 32
