"""The pages of the preview, as HTML: each follows from a look at the folder and from its address."""

from collections.abc import Callable
from typing import Any

from attrs import field, frozen
from jinja2 import Environment
from markdown_it import MarkdownIt
from markupsafe import Markup

from intimacy_kit.authoring.maps import draw_with_links
from intimacy_kit.authoring.preview.addresses import Asked
from intimacy_kit.authoring.preview.looking import Look
from intimacy_kit.authoring.preview.reading import Piece
from intimacy_kit.authoring.preview.views import View, environment
from intimacy_kit.authoring.preview.walking import walk, way
from intimacy_kit.content.activities import Exercise, Story
from intimacy_kit.content.vocabulary import TOPICS
from intimacy_kit.loading.explaining import similar_to
from intimacy_kit.problems import Problem, pointer_part

__all__ = ["MOST_SHOWN", "Pages"]

#: So many activities or problems stand on one page at most.
MOST_SHOWN = 500


@frozen(eq=False)
class Pages:
    """Makes the pages."""

    #: Gives the page of a code as Markdown, or nothing where there is none.
    explanation: Callable[[str], str]
    _environment: Environment = field(init=False, factory=environment, repr=False)

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
        view = View(look, asked)
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
        view = View(look, asked)
        return self._environment.get_template(template).render(look=look, pack=look.pack, view=view, **more)


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
