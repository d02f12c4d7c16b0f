"""Stories and guides: their length, the choice, what they lead to, and where help is."""

from collections.abc import Collection, Iterator, Mapping

from intimacy_kit.authoring.linting.prompts import asks
from intimacy_kit.authoring.linting.reading import about, count
from intimacy_kit.content.activities import Guide, Scene, Story
from intimacy_kit.problems import Problem

__all__ = ["check_guide", "check_guide_length", "check_story", "check_story_length"]

_STORY_WORDS = (250, 600)
_GUIDE_WORDS = (150, 350)
_SCENES_ON_A_WAY = (2, 4)


def check_story(story: Story, at: str, exercises: Collection[str]) -> Iterator[Problem]:
    """Say what a story lacks, in any language; ``exercises`` are the ids of all exercises of its pack."""
    if not any(len(scene.choices) > 1 for scene in story.scenes):
        hint = "let the reader choose once, in two lines such as - [Let go of the lace](#lace)"
        yield about(f"{at}/scenes/0", "K783", "nobody chooses anything in this story", hint)
    else:
        scenes = [number for number, _ in _ways(story)]
        least, most = _SCENES_ON_A_WAY
        if scenes and (min(scenes) < least or max(scenes) > most):
            wrong = min(scenes) if min(scenes) < least else max(scenes)
            hint = f"a story is {least} to {most} scenes on each way through"
            yield about(f"{at}/scenes/0", "K784", f"on one way there are {wrong} scenes", hint)
    if not any(link in exercises or not link.startswith(f"{story.pack}/") for link in story.links):
        hint = "write under links what the people in it did, such as links: [teller-and-keeper]"
        yield about(f"{at}/title", "K785", "this story leads to no exercise", hint)
    if not story.reflections:
        hint = "write two or three under reflections, about the reader's own week and not about who was right"
        yield about(f"{at}/title", "K786", "there is no question for the two who read it", hint)


def check_story_length(story: Story, at: str) -> Iterator[Problem]:
    """Say where a story is too short or too long; for languages that write blanks."""
    least, most = _STORY_WORDS
    lengths = [words for _, words in _ways(story)]
    if lengths and not least <= min(lengths) <= max(lengths) <= most:
        wrong = min(lengths) if min(lengths) < least else max(lengths)
        hint = f"every way through has {least} to {most}"
        yield about(f"{at}/scenes/0", "K782", f"one way through has {wrong} words", hint)


def _ways(story: Story) -> list[tuple[int, int]]:
    """Return the shortest and the longest way from the beginning to an end, as scenes and words."""
    scenes = {scene.id: scene for scene in story.scenes}
    known: dict[str, list[tuple[int, int]]] = {}
    _walk(story.scenes[0], scenes, known)
    return known[story.scenes[0].id]


def _walk(scene: Scene, scenes: Mapping[str, Scene], known: dict[str, list[tuple[int, int]]]) -> None:
    """Fill in the ways from a scene to an end; where a way comes back to itself it counts for nothing."""
    if scene.id in known:
        return
    known[scene.id] = []
    own = sum(count(paragraph.words) for paragraph in scene.paragraphs)
    following = [scenes[choice.to] for choice in scene.choices if choice.to in scenes]
    for one in following:
        _walk(one, scenes, known)
    ways = [way for one in following for way in known[one.id]]
    if not scene.choices:
        known[scene.id] = [(1, own)]
    elif ways:
        by_words, by_scenes = [way[1] for way in ways], [way[0] for way in ways]
        known[scene.id] = [(min(by_scenes) + 1, min(by_words) + own), (max(by_scenes) + 1, max(by_words) + own)]


def check_guide(guide: Guide, at: str) -> Iterator[Problem]:
    """Say what a guide lacks, in any language."""
    if guide.seek_help is None:
        hint = "write seek_help: when to look for a person who has learnt this, and that one may go alone"
        yield about(f"{at}/title", "K788", "this guide does not say when to look for help", hint)
    if not guide.links:
        hint = "write under links what to do next, such as links: [teller-and-keeper]"
        yield about(f"{at}/title", "K789", "this guide leads nowhere", hint)
    if not asks(guide.title.words):
        hint = "write the question people ask, such as: What if my partner is less open than I am?"
        yield about(f"{at}/title", "K790", "this title is no question", hint)


def check_guide_length(guide: Guide, at: str) -> Iterator[Problem]:
    """Say where a guide is too short or too long; for languages that write blanks."""
    least, most = _GUIDE_WORDS
    words = sum(count(part.words) for part in guide.answer)
    if not least <= words <= most:
        yield about(
            f"{at}/answer", "K787", f"the answer has {words} words", f"it has {least} to {most}; begin with the answer"
        )
