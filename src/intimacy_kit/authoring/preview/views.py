"""What a template asks while it makes a page: words in a language, addresses of other pages, things in a sentence."""

from functools import cached_property
from urllib.parse import quote, urlencode

from attrs import frozen
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from intimacy_kit.authoring.maps.words import gate_in_a_sentence, many, unmarked
from intimacy_kit.authoring.preview.addresses import Asked
from intimacy_kit.authoring.preview.looking import Look
from intimacy_kit.authoring.preview.prose import Said, marked, paragraphs, said
from intimacy_kit.authoring.preview.reading import Piece
from intimacy_kit.content.activities import Activity
from intimacy_kit.content.languages import best_language, is_right_to_left
from intimacy_kit.content.text import Text
from intimacy_kit.content.vocabulary import DEPTHS, KINDS, ORDINARY_TOPICS, SKILLS
from intimacy_kit.practice.circles import circles_svg

__all__ = ["View", "environment"]

_MINUTES = (5, 10, 15, 30, 60)
_SIGNS = {"prompt": "●", "exercise": "■", "story": "◆", "check_in": "○", "guide": "▲", "journey": "→"}


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _spaced(name: object) -> str:
    return str(name).replace("_", " ")


def _kind(kind: str) -> str:
    return kind.replace("_", "-")


def environment() -> Environment:
    """Return what fills the templates in: everything is escaped, and nothing of a pack is ever a template."""
    made = Environment(
        loader=PackageLoader("intimacy_kit.authoring.preview", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(clock=_clock, spaced=_spaced, kind=_kind, unmarked=unmarked)
    made.globals.update(
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
    return made


@frozen(eq=False, slots=False)
class View:
    """One look at the folder, for one page."""

    look: Look
    asked: Asked

    @cached_property
    def language(self) -> str:
        """The language that was chosen."""
        return self.asked.language(self.look.pack.languages)

    @property
    def direction(self) -> str:
        """Where its lines begin, as ``dir`` has it."""
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
        """Return a text in the language that was chosen, or as it was written."""
        return said(text, self.language)

    def is_missing(self, text: Text | str) -> bool:
        """Tell whether a text has no words in the language that was chosen."""
        return isinstance(text, Text) and not best_language(
            [self.language], [text.language, *(tag for tag, _ in text.others)]
        )

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
        """Say when an activity opens."""
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


def _asked_for(activity: Activity) -> list[str]:
    """Return what both have to allow for an activity."""
    depth = [] if activity.depth == min(DEPTHS) else [f"{DEPTHS[activity.depth]} things"]
    sensitive = sorted(_spaced(topic) for topic in activity.topics if topic not in ORDINARY_TOPICS)
    return [*depth, *([f"talking about {' and '.join(sensitive)}"] if sensitive else [])]
