"""What a pack holds, counted: the tables that stand in its README.md, between two marks.

A writer puts the marks there once; ``intimacy-kit build`` fills in what is between them, and a check says when it is
not what the sources give any more. Where there are no marks, nothing is written.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from statistics import median

from intimacy_kit.authoring.linting.prompts import vague_words
from intimacy_kit.authoring.linting.reading import texts
from intimacy_kit.authoring.linting.reading_level import HIGHEST_GRADE, grade
from intimacy_kit.authoring.linting.sets import (
    HEAVY,
    LEAST_GLAD,
    LEAST_LIGHT,
    MOST_BACK,
    MOST_DEEPEST,
    MOST_OF_A_MOOD,
    MOST_PLAIN,
    MOST_VAGUE,
    looks_back,
)
from intimacy_kit.authoring.linting.wording import is_act
from intimacy_kit.content.activities import Activity, Exercise, Prompt
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.vocabulary import AXES, DEPTHS

__all__ = ["README", "filled_in", "measured", "readme_of"]

README = "README.md"
_BEGIN, _END = "<!-- measured -->", "<!-- /measured -->"

#: What the kinds are called here, in the order in which they stand.
_NAMES = {
    "prompt": "prompts",
    "exercise": "exercises",
    "act": "small acts, at most three minutes",
    "story": "stories",
    "guide": "guides",
    "check_in": "check-ins",
}
_TENDER, _DEEPEST = 3, 4
#: What can be done in so many minutes suits those who have no more.
_FIVE_MINUTES = 5


def filled_in(readme: str, pack: Pack) -> str:
    """Return a README.md with what is measured of the pack between its marks; as it is where it has none.

    >>> from intimacy_kit.content.text import Text
    >>> tea = Pack(name="tea", title=Text("Tea"), version="1.0", authors=["A"], about=Text("Tea."), activities=[])
    >>> filled_in("Tea, for two.", tea)
    'Tea, for two.'
    """
    before, begin, rest = readme.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    return f"{before}{begin}\n{measured(pack)}\n{end}{after}" if end else readme


def measured(pack: Pack) -> str:
    """Return what a pack holds as Markdown: how much, how its prompts ask, whom and where it suits.

    What is retired is not counted. Words are measured where the pack is written in English.
    """
    there = [activity for activity in pack.activities if not activity.retired]
    prompts = [activity for activity in there if isinstance(activity, Prompt)]
    tables = [_table(("", *_of_depths(), "all"), _amounts(there))]
    if prompts:
        tables.append(_table(("of the prompts", "here", "asked for"), _asking(prompts, pack)))
        tables.append(_table(("they are", "how many"), _kinds_of_prompts(prompts)))
    tables.append(_table(("suits", "activities", "written for it"), _suiting(there)))
    return "\n\n".join(tables)


def _table(head: Sequence[str], rows: Iterator[Sequence[object]]) -> str:
    lines = [head, ("---", *["---:"] * (len(head) - 1)), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def _of_depths() -> list[str]:
    return [f"depth {depth}, {name}" for depth, name in DEPTHS.items()]


def _name(activity: Activity) -> str:
    return _NAMES["act" if isinstance(activity, Exercise) and is_act(activity) else activity.kind]


def _amounts(there: Sequence[Activity]) -> Iterator[Sequence[object]]:
    """Give how many there are of each kind at each depth."""
    for name in _NAMES.values():
        of_this = [activity for activity in there if _name(activity) == name]
        if of_this:
            yield name, *_by_depth(of_this), len(of_this)
    yield "**all**", *(f"**{number}**" if number else "" for number in _by_depth(there)), f"**{len(there)}**"


def _by_depth(activities: Sequence[Activity]) -> list[int | str]:
    depths = Counter(activity.depth for activity in activities)
    return [depths[depth] or "" for depth in DEPTHS]


def _asking(prompts: Sequence[Prompt], pack: Pack) -> Iterator[Sequence[object]]:
    """Give what the editorial guide asks of the prompts of a pack, and how they answer it."""
    mood, often = Counter(prompt.mood for prompt in prompts).most_common(1)[0]
    yield "plain questions", _share(prompts, lambda one: one.shape == "question"), f"at most {MOST_PLAIN:.0%}"
    yield f"of the commonest mood, {mood or 'none'}", f"{often / len(prompts):.0%}", f"at most {MOST_OF_A_MOOD:.0%}"
    yield "light", _share(prompts, lambda one: one.depth == min(DEPTHS)), f"at least {LEAST_LIGHT:.0%}"
    yield "deep", _share(prompts, lambda one: one.depth == _DEEPEST), f"at most {MOST_DEEPEST:.0%}"
    if tender := [prompt for prompt in prompts if prompt.depth >= _TENDER]:
        glad = _share(tender, lambda one: one.mood not in HEAVY)
        yield "glad, proud or funny, of depth 3 and 4", glad, f"at least {LEAST_GLAD:.0%}"
    if pack.languages[0].split("-")[0].lower() == "en":
        yield "looking back", _share(prompts, lambda one: looks_back(one.text.words)), f"at most {MOST_BACK:.0%}"
        vague = _share(prompts, lambda one: bool(vague_words(one.text.words)))
        yield "with a word that fits every prompt", vague, f"at most {MOST_VAGUE:.0%}"
        yield from _levels(pack)


def _share(prompts: Sequence[Prompt], holds: Callable[[Prompt], bool]) -> str:
    return f"{sum(holds(prompt) for prompt in prompts) / len(prompts):.0%}"


def _levels(pack: Pack) -> Iterator[Sequence[object]]:
    """Give the school grade in which half of the activities can be read."""
    read = (said for said in texts(pack) if said.activity and said.field != "note")
    grades = [
        grade("\n".join(said.words for said in one)) for _, one in groupby(read, key=lambda said: id(said.activity))
    ]
    yield "school grade of the middle one of all activities", f"{median(grades):.1f}", f"at most {HIGHEST_GRADE}"


def _kinds_of_prompts(prompts: Sequence[Prompt]) -> Iterator[Sequence[object]]:
    """Give shapes, moods, and what stands beside the question itself."""
    for field in ("shape", "mood"):
        for value, number in Counter(getattr(prompt, field) for prompt in prompts).most_common():
            yield f"{field}: {value or 'not said'}", number
    for name in ("deeper", "lighter", "repair"):
        yield f"with a follow-up, {name}", sum(getattr(prompt.follow_ups, name) is not None for prompt in prompts)
    yield "with a form for one alone", sum(prompt.works_alone for prompt in prompts)


def _suiting(there: Sequence[Activity]) -> Iterator[Sequence[object]]:
    """Give the part of a pack in the inclusion matrix."""
    for axis, values in AXES.items():
        for value in values:
            suiting = sum(activity.is_for(frozenset({value})) for activity in there)
            yield (
                f"{axis}: {value.replace('_', ' ')}",
                suiting,
                sum(value in activity.suits for activity in there) or "",
            )
    short = sum(activity.minutes <= _FIVE_MINUTES for activity in there)
    yield "setting: five minutes", short, ""


def readme_of(root: Path, pack: Pack) -> tuple[str, str]:
    """Return what stands in the README.md of a pack, and what would stand there now; the same where it is not text."""
    try:
        there = (root / README).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return "", ""
    return there, filled_in(there, pack)
