"""Printing one activity, the installed packs, and problems with their source lines."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text as RichText

from intimacy_kit.authoring.diagnostics.snippets import Snippet, with_snippets
from intimacy_kit.cli.playing import summary
from intimacy_kit.cli.table import WIDTH, clock
from intimacy_kit.cli.text import plain, safe, styled, unmarked
from intimacy_kit.content.activities import Activity, CheckIn, Exercise, Guide, Prompt, Story
from intimacy_kit.content.journeys import Journey
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text
from intimacy_kit.errors import KitError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.loading.overlays import about_translation
from intimacy_kit.problems import Problem

__all__ = ["show_activity", "show_pack", "show_packs", "show_problems"]

#: So much of a long line is shown before and after the place of a problem, in characters.
_AROUND = 80


def show_activity(console: Console, activity: Activity) -> None:
    """Print an activity with all that it says."""
    head = [
        styled(activity.title, "bold cyan"),
        styled(f"{activity.id}  ·  {summary(activity)}", "dim"),
        styled(f"skills: {', '.join(activity.skills)}", "dim"),
    ]
    if activity.topics:
        head.append(styled(f"touches: {', '.join(sorted(activity.topics))}", "dim"))
    if activity.suits:
        head.append(styled(f"suits: {', '.join(sorted(activity.suits))}", "dim"))
    tail = [
        styled(f"evidence: {activity.evidence.basis}{_sources(activity)}", "dim"),
        styled(f"{', '.join(activity.authors)}; {activity.licence}", "dim"),
    ]
    if activity.evidence.note:
        tail.insert(1, styled(activity.evidence.note, "dim"))
    width = min(WIDTH, console.width)
    for part in (*head, RichText(), *_body(activity), RichText(), *tail):
        console.print(part, width=width)


def _sources(activity: Activity) -> str:
    return f" ({', '.join(activity.evidence.sources)})" if activity.evidence.sources else ""


def _labelled(label: str, words: Text | None) -> Iterator[RenderableType]:
    if words is not None:
        yield styled(f"{label}: ", "bold") + styled(words)


def _body(activity: Activity) -> Iterator[RenderableType]:
    """Give the parts of an activity, for rich."""
    match activity:
        case Prompt():
            return _prompt(activity)
        case Exercise():
            return _exercise(activity)
        case Story():
            return _story(activity)
        case CheckIn():
            return _check_in(activity)
        case _:
            return _guide(activity)


def _prompt(prompt: Prompt) -> Iterator[RenderableType]:
    yield from _labelled("deeper", prompt.follow_ups.deeper)
    yield from _labelled("lighter", prompt.follow_ups.lighter)
    yield from _labelled("when it came out wrong", prompt.follow_ups.repair)
    yield from _labelled("how it lands", prompt.after)
    yield from _labelled("alone", prompt.solo)


def _exercise(exercise: Exercise) -> Iterator[RenderableType]:
    yield styled(exercise.about)
    for caution in exercise.cautions:
        yield styled(caution, "yellow")
    called = dict(exercise.roles)
    for number, step in enumerate(exercise.steps, 1):
        yield RichText()
        head = f"{number}. {step.title}" if step.title else f"{number}."
        notes = [clock(step.seconds)] if step.seconds else []
        notes += ["each in turn"] if step.in_turns else []
        yield styled(head, "bold") + styled(f"  {', '.join(notes)}", "dim")
        yield Padding(styled(step.text), (0, 0, 0, 3))
        for role, words in step.each:
            yield Padding(styled(f"{called[role]}: ", "bold") + styled(words), (0, 0, 0, 3))
    for stuck in exercise.when_stuck:
        yield RichText()
        yield styled(stuck.when, "bold")
        yield Padding(styled(stuck.then), (0, 0, 0, 3))
    for label, said in (("alone", exercise.solo), ("why it works", exercise.why)):
        if said is not None:
            yield RichText()
            yield from _labelled(label, said)


def _story(story: Story) -> Iterator[RenderableType]:
    yield styled(story.people, "italic")
    for scene in story.scenes:
        yield RichText()
        yield styled(f"[{scene.id}]", "dim")
        for paragraph in scene.paragraphs:
            yield styled(paragraph)
            yield RichText()
        for choice in scene.choices:
            yield styled("› ", "cyan") + styled(choice.text) + styled(f"  [{choice.to}]", "dim")
    if story.reflections:
        yield RichText()
        for reflection in story.reflections:
            yield styled(reflection, "bold")


def _check_in(check_in: CheckIn) -> Iterator[RenderableType]:
    yield styled(check_in.about)
    scale = check_in.scale
    yield styled(f"{scale.low}: {scale.low_label} … {scale.high}: {scale.high_label}")
    yield from (styled(f"- {question.text}") for question in check_in.questions)
    yield styled("validated" if check_in.validated else "not validated", "dim")


def _guide(guide: Guide) -> Iterator[RenderableType]:
    for paragraph in guide.answer:
        yield styled(paragraph)
        yield RichText()
    yield from _labelled("when to look for help", guide.seek_help)


def show_packs(console: Console, catalog: Catalog) -> None:
    """Print what is installed, and one line for each pack that cannot be used."""
    for pack in catalog.packs:
        console.print(styled(f"{pack.name} {pack.version}", "bold cyan") + styled(f"  {pack.title}"))
        console.print(Padding(styled(pack.about), (0, 0, 0, 2)), width=min(WIDTH, console.width))
        console.print(Padding(styled(_holdings(pack), "dim"), (0, 0, 0, 2)))
    if not catalog.packs:
        console.print(styled("No pack is installed. The first one: pip install intimacy-pack-foundations"))
    for first, more in _by_distribution(catalog.problems):
        rest = f"; and {more} more" if more else ""
        what = "plays, but: " if first.code == "K212" or about_translation(first) else "cannot be used: "
        console.print(styled(what, "bold red") + plain(f"{first}{rest}"), soft_wrap=True)


def show_pack(console: Console, catalog: Catalog, name: str) -> None:
    """Print the id and the title of all that is in a pack; raise KitError where there is none of that name."""
    for pack in catalog.packs:
        if pack.name == name:
            for thing in (*pack.journeys, *sorted(pack.activities, key=lambda one: (one.depth, one.kind))):
                about = "a journey" if isinstance(thing, Journey) else summary(thing)
                line = styled(thing.id, "cyan") + styled(f"  {unmarked(thing.title)}") + styled(f"  {about}", "dim")
                console.print(line, soft_wrap=True)
            return
    raise KitError(f"no pack '{name}'; 'intimacy-kit packs' lists what is installed")


def _holdings(pack: Pack) -> str:
    kinds = Counter(activity.kind for activity in pack.activities)
    parts = [f"{n} {_plural(kind, n)}" for kind, n in kinds.most_common()]
    parts += [f"{len(pack.journeys)} {_plural('journey', len(pack.journeys))}"] if pack.journeys else []
    return f"{', '.join(parts) or 'empty'}; {', '.join(pack.languages)}; {pack.licence}"


def _plural(kind: str, n: int) -> str:
    word = kind.replace("_", "-")
    if n == 1:
        return word
    return f"{word[:-1]}ies" if word == "story" else f"{word}s"


def _by_distribution(problems: Iterable[Problem]) -> Iterator[tuple[Problem, int]]:
    """Give the first problem of each distribution, and how many more it has."""
    grouped: dict[str, list[Problem]] = {}
    for problem in problems:
        grouped.setdefault(problem.where.file.partition(":")[0], []).append(problem)
    yield from ((same[0], len(same) - 1) for same in grouped.values())


def show_problems(console: Console, problems: Iterable[Problem], root: Path) -> None:
    """Print problems with the line of the source they are about, the place in it underlined."""
    for problem, snippet in with_snippets(problems, root):
        head = plain(problem.where, "bold") + plain(f"  {problem.code}", "red") + plain(f"  {problem.message}")
        console.print(head, soft_wrap=True)
        if snippet:
            line, under = _underlined(snippet)
            console.print(plain(f"{problem.where.line:>5} | ", "dim") + plain(line), soft_wrap=True)
            console.print(plain("      | ", "dim") + plain(under, "red"), soft_wrap=True)
        if problem.hint:
            console.print(plain("      = ", "dim") + plain(problem.hint), soft_wrap=True)
        console.print()


def _underlined(snippet: Snippet) -> tuple[str, str]:
    """Return the part of a line that is shown, and what underlines the place in it."""
    at = snippet.begin - 1
    begin = max(0, at - _AROUND) if len(snippet.text) > 2 * _AROUND else 0
    before, there = safe(snippet.text[begin:at].replace("\t", " ")), snippet.text[at : begin + 2 * _AROUND].rstrip()
    meant = there[: snippet.end - at]
    return before + safe(there), " " * cell_len(before) + "^" * cell_len(safe(meant))
