"""The pages of the preview, as HTML: each follows from a look at the folder and from its address."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from attrs import field, frozen
from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from intimacy_kit.authoring.maps import draw_with_links
from intimacy_kit.authoring.maps.words import gate_in_a_sentence, many, unmarked
from intimacy_kit.authoring.preview.filters import Filter
from intimacy_kit.authoring.preview.looking import Look
from intimacy_kit.authoring.preview.prose import Said, marked, paragraphs, said
from intimacy_kit.authoring.preview.reading import Piece
from intimacy_kit.authoring.preview.walking import walk, way
from intimacy_kit.content.activities import Activity, Exercise, Story
from intimacy_kit.content.languages import is_right_to_left
from intimacy_kit.content.text import Text
from intimacy_kit.content.vocabulary import DEPTHS, KINDS, ORDINARY_TOPICS, SKILLS, TOPICS
from intimacy_kit.loading.explaining import similar_to
from intimacy_kit.practice.circles import circles_svg
from intimacy_kit.problems import Problem, pointer_part

__all__ = ["MOST_SHOWN", "Asked", "Pages"]

#: So many activities or problems stand on one page at most.
MOST_SHOWN = 500

_MINUTES = (5, 10, 15, 30, 60)
_SIGNS = {"prompt": "●", "exercise": "■", "story": "◆", "check_in": "○", "guide": "▲", "journey": "→"}


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _spaced(name: object) -> str:
    return str(name).replace("_", " ")


def _kind(kind: str) -> str:
    return kind.replace("_", "-")


def _environment() -> Environment:
    """Return what fills the templates in: everything is escaped, and nothing of a pack is ever a template."""
    environment = Environment(
        loader=PackageLoader("intimacy_kit.authoring.preview", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(clock=_clock, spaced=_spaced, kind=_kind, unmarked=unmarked)
    environment.globals.update(
        circles=lambda point, scale, label: Markup(circles_svg(point, scale.low, scale.high, label=label)),  # noqa: S704 - it escapes
        depths=DEPTHS,
        kinds=KINDS,
        many=many,
        marked=marked,
        minutes_there_are=_MINUTES,
        paragraphs=paragraphs,
        signs=_SIGNS,
        skills=SKILLS,
    )
    return environment


@frozen
class Asked:
    """What an address asks for beside its path."""

    query: Mapping[str, str] = field(factory=dict)

    @property
    def filter(self) -> Filter:
        """What the list is narrowed down to."""
        return Filter.of(self.query)

    def language(self, look: Look) -> str:
        """Return the language that is wanted, of those there are; else the one the pack was written in."""
        wanted = self.query.get("lang", "")
        return wanted if wanted in look.pack.languages else look.pack.languages[0]

    @property
    def step(self) -> int:
        """The step of an exercise, counted from 1; 0 before it begins."""
        given = self.query.get("step", "")
        return int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 0  # noqa: PLR2004 - no exercise is so long

    @property
    def way(self) -> tuple[str, ...]:
        """The scenes that were chosen in a story."""
        return tuple(part for part in self.query.get("way", "").split(",") if part)


@frozen(eq=False, slots=False)
class _View:
    """What a template asks while it makes one page."""

    look: Look
    asked: Asked

    @cached_property
    def language(self) -> str:
        return self.asked.language(self.look)

    @property
    def direction(self) -> str:
        return "rtl" if is_right_to_left(self.language) else "ltr"

    def link(self, path: str, **query: object) -> str:
        """Return an address here, in the language that was chosen."""
        chosen = {"lang": self.language} if self.language != self.look.pack.languages[0] else {}
        asked = {name: str(value) for name, value in ({**query, **chosen}).items() if value}
        return quote(path) + (f"?{urlencode(asked)}" if asked else "")

    def to(self, piece: Piece, **query: object) -> str:
        """Return the address of a piece; the filter of the list goes with it."""
        if piece.kind == "journey":
            return self.link(f"/journeys/{piece.key}")
        return self.link(f"/activities/{piece.key}", **{**self.asked.filter.query, **query})

    def in_language(self, tag: str) -> str:
        """Return the query of this page in another language of the pack."""
        return urlencode({**self.asked.query, "lang": tag})

    def said(self, text: Text | str) -> Said:
        return said(text, self.language)

    def is_missing(self, text: Text | str) -> bool:
        """Tell whether a text has no words in the language that was chosen."""
        return isinstance(text, Text) and not self.language.startswith(said(text, self.language).language)

    def piece_of(self, activity_id: str) -> Piece | None:
        """Return an activity of this pack, by an id of today or of earlier."""
        pack, _, slug = self.look.catalog.id_now(activity_id).partition("/")
        if pack != self.look.pack.name:
            return None
        return next((one for one in self.look.activities if one.key == slug), None)

    def elsewhere(self, activity_id: str) -> Activity | None:
        """Return an activity of another pack that is installed."""
        return self.look.catalog.get(activity_id)

    def opens(self, activity: Activity) -> str:
        return gate_in_a_sentence(activity.requires, self.look.named)

    def boundaries(self, activity: Activity) -> str:
        """Say who is shown an activity at all."""
        asked_for = _asked_for(activity)
        if not asked_for:
            return "Light and ordinary: shown to everybody."
        return f"Shown only where both allow {' and '.join(asked_for)}; silence is a no."

    def is_limited(self, activity: Activity) -> bool:
        """Tell whether an activity is shown only where both allow it."""
        return bool(_asked_for(activity))


@frozen(eq=False)
class Pages:
    """Makes the pages."""

    #: Gives the page of a code as Markdown, or nothing where there is none.
    explanation: Callable[[str], str]
    _environment: Environment = field(init=False, factory=_environment, repr=False)

    def overview(self, look: Look, asked: Asked) -> str:
        """Return the list of all activities, narrowed down as the address says."""
        found = _found(look, asked)
        files: dict[str, list[Piece]] = {}
        for piece in found[:MOST_SHOWN]:
            files.setdefault(piece.file, []).append(piece)
        there = {asked.filter.topic, *(str(topic) for piece in look.activities for topic in piece.listed("topics"))}
        return self._page(
            "overview.html",
            look,
            asked,
            found=len(found),
            files=files,
            topics=[topic for topic in TOPICS if topic in there],
            filter=asked.filter,
            left_out=len(found) - MOST_SHOWN,
            notes=look.manifest_notes(),
        )

    def activity(self, look: Look, asked: Asked, key: str) -> str | None:
        """Return the page of an activity; None where there is none."""
        piece = next((one for one in look.activities if one.key == key), None)
        if piece is None:
            return None
        more: dict[str, Any] = {"notes": look.notes(piece), "beside": _beside(look, asked, piece)}
        if piece.value is None:
            return self._page("unread.html", look, asked, piece=piece, fields=_fields(piece), **more)
        if isinstance(piece.value, Exercise):
            more["walk"] = walk(piece.value, asked.step)
            more["stopped"] = "stop" in asked.query
        elif isinstance(piece.value, Story):
            more["way"] = way(piece.value, asked.way)
        return self._page(f"{piece.kind}.html", look, asked, piece=piece, activity=piece.value, **more)

    def journeys(self, look: Look, asked: Asked) -> str:
        """Return the list of the journeys."""
        return self._page("journeys.html", look, asked)

    def journey(self, look: Look, asked: Asked, key: str) -> str | None:
        """Return the page of a journey; None where there is none."""
        piece = next((one for one in look.journeys if one.key == key), None)
        if piece is None:
            return None
        notes = look.notes(piece)
        if piece.value is None:
            return self._page(
                "unread.html", look, asked, piece=piece, fields=_fields(piece), notes=notes, beside=(None, None)
            )
        return self._page("journey.html", look, asked, piece=piece, journey=piece.value, notes=notes)

    def map(self, look: Look, asked: Asked) -> str:
        """Return the map, each activity on it a link."""
        view = _View(look, asked)
        addresses = {activity.id: view.link(f"/activities/{activity.slug}") for activity in look.pack.activities}
        drawn = Markup(draw_with_links(look.pack, addresses))  # noqa: S704 - the map escapes what a pack says
        return self._page("map.html", look, asked, drawn=drawn)

    def problems(self, look: Look, asked: Asked) -> str:
        """Return the list of all problems, file by file, each with its line."""
        files: dict[str, list[tuple[Problem, object]]] = {}
        for problem, snippet in look.snippets[:MOST_SHOWN]:
            files.setdefault(problem.where.file, []).append((problem, snippet))
        left_out = len(look.problems) - MOST_SHOWN
        return self._page("problems.html", look, asked, files=files, owners=look.owners(), left_out=left_out)

    def explain(self, look: Look, asked: Asked, code: str) -> str | None:
        """Return the page of a code; None where there is none."""
        markdown = self.explanation(code)
        if not markdown:
            return None
        renderer = MarkdownIt("commonmark", {"html": False}).enable("table")
        title = markdown.splitlines()[0].lstrip("# ")
        body = Markup(renderer.render(markdown))  # noqa: S704 - HTML in it was escaped, and it is the kit's own text
        return self._page("explain.html", look, asked, title=title, body=body)

    def missing(self, look: Look, asked: Asked, path: str) -> str:
        """Return what is said where there is no such page."""
        slug = path.rpartition("/")[2]
        near = similar_to(slug, [piece.key for piece in look.activities])
        found = next((piece for piece in look.activities if piece.key == near), None)
        return self._page("missing.html", look, asked, path=path, near=found)

    def _page(self, template: str, look: Look, asked: Asked, **more: object) -> str:
        view = _View(look, asked)
        return self._environment.get_template(template).render(look=look, pack=look.pack, view=view, **more)


def _asked_for(activity: Activity) -> list[str]:
    """Return what both have to allow for an activity."""
    depth = [] if activity.depth == min(DEPTHS) else [f"{DEPTHS[activity.depth]} things"]
    sensitive = sorted(_spaced(topic) for topic in activity.topics if topic not in ORDINARY_TOPICS)
    return [*depth, *([f"talking about {' and '.join(sensitive)}"] if sensitive else [])]


def _found(look: Look, asked: Asked) -> tuple[Piece, ...]:
    return tuple(piece for piece in look.activities if asked.filter.fits(piece, look.count(piece)))


def _beside(look: Look, asked: Asked, piece: Piece) -> tuple[Piece | None, Piece | None]:
    """Return what stands before and after an activity in the list as it is narrowed down."""
    found = _found(look, asked)
    at = next((at for at, one in enumerate(found) if one.key == piece.key), None)
    if at is None:
        return None, None
    return (found[at - 1] if at else None), (found[at + 1] if at + 1 < len(found) else None)


def _fields(piece: Piece) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return what is written in a piece that cannot be read: pointer, name and lines of each field."""
    return tuple((pointer_part(name), name, tuple(_lines(value))) for name, value in piece.document.items())


def _lines(value: object) -> list[str]:
    match value:
        case dict():
            return [f"{name}: {line}" for name, part in value.items() for line in _lines(part)]
        case list():
            return [line for part in value for line in _lines(part)]
        case bool():
            return ["yes" if value else "no"]
        case _:
            return [str(value)]
