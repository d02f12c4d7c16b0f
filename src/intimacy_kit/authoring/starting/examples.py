"""Whether the examples that every new pack begins with are still in it: those are nobody's own words."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from intimacy_kit.authoring.building import compile_pack
from intimacy_kit.authoring.starting.beginning import EXAMPLE_LANGUAGES, Beginning, files_of
from intimacy_kit.content.activities import Activity, Exercise, Prompt, Story
from intimacy_kit.content.packs import Pack
from intimacy_kit.problems import Problem, Where

__all__ = ["examples_left"]


def examples_left(pack: Pack) -> Iterator[Problem]:
    """Give a problem, with a pointer into the ``pack.json``, for each example of the kit that a pack still holds.

    A pack that is still being written may have them; one that is released may not.
    """
    for place, activity in enumerate(pack.activities):
        field, words = _telling(activity)
        if words in _examples() and not activity.retired:
            yield Problem(
                Where(pointer=f"/activities/{place}/{field}"),
                "K948",
                f"'{activity.slug}' is still the example that 'intimacy-kit new' wrote",
                "write your own words in its place, or delete it",
            )


def _telling(activity: Activity) -> tuple[str, str]:
    """Return the field, and its words, that make an activity the same as another, whatever it is called."""
    match activity:
        case Prompt():
            return "text", activity.text.words
        case Story():
            return "scenes/0/paragraphs/0", activity.scenes[0].paragraphs[0].words
        case Exercise():
            return "about", activity.about.words
        case _:
            return "title", activity.title.words


@cache
def _examples() -> frozenset[str]:
    """Return the words of all examples in all languages."""
    found: set[str] = set()
    for language in EXAMPLE_LANGUAGES:
        with TemporaryDirectory(prefix="intimacy-kit-") as place:
            for name, text in files_of(Beginning("Examples", "The kit", "examples", language)).items():
                (Path(place) / name).parent.mkdir(parents=True, exist_ok=True)
                (Path(place) / name).write_text(text, "utf-8", newline="\n")
            pack = compile_pack(Path(place)).pack
            found.update(_telling(activity)[1] for activity in (pack.activities if pack else ()))
    return frozenset(found)
