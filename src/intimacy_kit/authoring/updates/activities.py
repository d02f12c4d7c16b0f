"""What changed about one activity: what people agreed to, its gate, its questions, its meaning."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from intimacy_kit.authoring.updates.changes import Change
from intimacy_kit.authoring.updates.relocking import locked_out
from intimacy_kit.authoring.updates.snapshots import Known

__all__ = ["changes_of"]


def changes_of(
    slug: str, before: Known, now: Known, names: Mapping[str, int], retired: AbstractSet[int]
) -> Iterator[Change]:
    """Give what changed about one activity that was there before.

    *names* gives one number to all names of one activity, as they are now; *retired* are those out of reach.
    """
    if now.kind != before.kind:
        said = f"it was {_called(before)} and is {_called(now)}"
        yield Change(slug, "kind_changed", f"{said}; give the new one an id of its own")
        return
    if now.retired != before.retired:
        what, said = ("retired", "not offered any more") if now.retired else ("brought_back", "offered again")
        yield Change(slug, what, said)
    yield from _of_consent(slug, before, now)
    yield from _of_gate(slug, before, now, names, retired)
    yield from _of_questions(slug, before, now)
    yield from _of_meaning(slug, before, now)


def _called(one: Known) -> str:
    return f"{'an' if one.kind == 'exercise' else 'a'} {one.kind.replace('_', '-')}"


def _of_consent(slug: str, before: Known, now: Known) -> Iterator[Change]:
    """Give what people did not agree to before: only those see it who allow it now."""
    if now.depth > before.depth:
        yield Change(slug, "deeper", f"from depth {before.depth} to {now.depth}: only those see it who allow that")
    elif now.depth < before.depth:
        yield Change(slug, "lighter", f"from depth {before.depth} to {now.depth}")
    for topic in sorted(now.topics - before.topics):
        yield Change(slug, "new_topic", f"touches {topic} now: only those see it who allow that")
    for topic in sorted(before.topics - now.topics):
        yield Change(slug, "topic_gone", f"does not touch {topic} any more")


def _of_gate(
    slug: str, before: Known, now: Known, names: Mapping[str, int], retired: AbstractSet[int]
) -> Iterator[Change]:
    if lost := locked_out(before.requires, now.requires, names, retired):
        yield Change(slug, "gate_stricter", f"locked for {lost}, unless it was offered to them once")
    elif locked_out(now.requires, before.requires, names, retired):
        yield Change(slug, "gate_looser", "opens to more people than before")


def _of_questions(slug: str, before: Known, now: Known) -> Iterator[Change]:
    """Give what changed about a check-in: answers of before and of now cannot be read as one line any more."""
    for name in sorted(before.questions.keys() | now.questions.keys()):
        if name not in now.questions:
            yield Change(slug, "question_gone", f"the question '{name}' is gone")
        elif name not in before.questions:
            yield Change(slug, "question_added", f"the question '{name}' is new")
        elif before.questions[name] != now.questions[name]:
            said = f"the question '{name}' has other words: answers of before and of now do not compare"
            yield Change(slug, "question_reworded", said)
    if before.scale != now.scale:
        yield Change(slug, "scale_changed", "another scale: answers of before and of now do not compare")


def _of_meaning(slug: str, before: Known, now: Known) -> Iterator[Change]:
    if now.rev < before.rev:
        yield Change(slug, "rev_lowered", f"rev fell from {before.rev} to {now.rev}; it only ever rises")
    elif now.rev > before.rev:
        yield Change(slug, "meant_anew", f"means something else now: rev {now.rev}")
    elif now.words != before.words:
        yield Change(slug, "reworded", "other words, the same meaning")
    if now.purpose != before.purpose:
        yield Change(slug, "purpose_changed", f"from {before.purpose} to {now.purpose}")
    if now.skills != before.skills:
        yield Change(slug, "skills_changed", f"practises {', '.join(sorted(now.skills))}")
    if now.settings != before.settings:
        yield Change(slug, "settings_changed", "minutes, rest, links, evidence or the like")
