"""What changed between two versions of a pack, in meaning and not in text, and by how much the version has to rise."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from attrs import frozen

from intimacy_kit.authoring.updates.activities import changes_of
from intimacy_kit.authoring.updates.changes import Change
from intimacy_kit.authoring.updates.snapshots import Known, Snapshot
from intimacy_kit.authoring.updates.versions import Bump, bump_between, least_version, more_of
from intimacy_kit.content.packs import release
from intimacy_kit.content.vocabulary import DEPTHS

__all__ = ["Comparison", "compare"]


@frozen
class Comparison:
    """What changed from one version of a pack to another."""

    old: Snapshot
    new: Snapshot
    #: In the order of what they are about.
    changes: tuple[Change, ...]

    @property
    def refused(self) -> tuple[Change, ...]:
        """What no version may do: people's history would lose its meaning."""
        return tuple(change for change in self.changes if change.bump == "never")

    @property
    def needed(self) -> Bump:
        """By how much the version has to rise."""
        same = self.old.document["digest"] == self.new.document["digest"]
        return more_of(
            [*(change.bump for change in self.changes if change.bump != "never"), "none" if same else "patch"]
        )

    @property
    def least(self) -> str:
        """The lowest version that the new one may have."""
        return least_version(self.old.version, self.needed)

    def before(self, slug: str) -> Known | None:
        """Return what an activity of the new version was before; None where it is new, or came from several."""
        return _before(slug, self.old, self.new)

    @property
    def fits(self) -> bool:
        """Whether the new version rose by enough, and nothing is refused."""
        risen = bump_between(self.old.version, self.new.version)
        return not self.refused and more_of([risen, self.needed]) == risen


def compare(old: Snapshot, new: Snapshot) -> Comparison:
    """Compare two versions of a pack."""
    names = _names(old, new)
    retired = {names[f"{new.name}/{slug}"] for slug, one in new.activities.items() if one.retired}
    changes = [
        *_of_pack(old, new),
        *_of_journeys(old, new),
        *_of_ids(old, new),
        *(
            change
            for slug, now in new.activities.items()
            for before in [_before(slug, old, new)]
            if before is not None
            for change in changes_of(slug, before, now, names, retired)
        ),
    ]
    return Comparison(old, new, tuple(sorted(changes)))


def _names(old: Snapshot, new: Snapshot) -> dict[str, int]:
    """Return one number for all names that an activity has now, and one for each that is gone."""
    names: dict[str, int] = {}
    for number, (slug, one) in enumerate(new.activities.items()):
        names |= {f"{new.name}/{alias}": number for alias in one.aliases} | {f"{new.name}/{slug}": number}
    for number, slug in enumerate(old.activities, len(names)):
        names.setdefault(f"{old.name}/{slug}", number + len(names))
    return names


def _before(slug: str, old: Snapshot, new: Snapshot) -> Known | None:
    """Return what an activity was before, under the name it had then; None where it is new, merged, or a part."""
    now = new.activities.get(slug)
    if now is None or slug in old.activities:
        return old.activities.get(slug)
    olds = sorted(now.aliases & old.activities.keys())
    shared = any(olds[0] in one.aliases for name, one in new.activities.items() if name != slug) if olds else False
    return old.activities[olds[0]] if len(olds) == 1 and not shared else None


def _of_ids(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """Give what became of ids, and which are new."""
    retired = set(_olds("retire", new))
    for slug, before in old.activities.items():
        if slug not in new.activities and not (before.retired and slug in retired):
            yield _gone(slug, old, new, retired)
    for slug, now in new.activities.items():
        if slug not in old.activities and not now.aliases & old.activities.keys():
            said = f"a new {now.kind.replace('_', '-')} of depth {now.depth} ({DEPTHS[now.depth]})"
            yield Change(slug, "added", said)


def _gone(slug: str, old: Snapshot, new: Snapshot, retired: AbstractSet[str]) -> Change:
    """Return what became of an id that no activity has any more."""
    became = sorted(name for name, one in new.activities.items() if slug in one.aliases)
    if len(became) > 1:
        return Change(slug, "split", f"split into {' and '.join(became)}")
    if became:
        merged = bool((new.activities[became[0]].aliases & old.activities.keys()) - {slug})
        what, to = ("merged", "merged into") if merged else ("renamed", "renamed to")
        return Change(slug, what, f"{to} {became[0]}")
    if slug in retired:
        return Change(slug, "retired", "retired, and its words are gone")
    hint = "retire it, or say in a migration what became of it"
    return Change(slug, "vanished", f"gone without a word: people's history would lead nowhere; {hint}")


def _olds(op: str, snapshot: Snapshot) -> dict[str, str]:
    """Return what became of ids by one kind of operation: the first new id by the old one, or nothing."""
    return {
        old: next(iter(one.get("new", ())), "")
        for operations in snapshot.migrations.values()
        for one in operations
        if one["op"] == op
        for old in one["old"]
    }


def _of_journeys(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    renamed = _olds("rename", new)
    for slug, digest in old.journeys.items():
        now = slug if slug in new.journeys else renamed.get(slug, "")
        if now not in new.journeys:
            yield Change(slug, "journey_gone", "the journey is gone; whoever follows it follows none")
        elif now != slug:
            yield Change(slug, "renamed", f"the journey is called {now}")
        elif new.journeys[now] != digest:
            yield Change(slug, "journey_changed", "other stages, offers or words of the journey")
    for slug in new.journeys.keys() - old.journeys.keys() - set(renamed.values()):
        yield Change(slug, "journey_added", "a new journey")


def _of_pack(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """Give what changed about the pack as a whole."""
    for language in sorted({*new.languages} - {*old.languages}):
        yield Change("", "language_added", f"in {language}, too")
    for language in sorted({*old.languages} - {*new.languages}):
        yield Change("", "language_gone", f"not in {language} any more")
    if new.licence != old.licence:
        yield Change("", "licence_changed", f"the licence was {old.licence} and is {new.licence}")
    if release(new.requires_kit) > release(old.requires_kit):
        yield Change("", "kit_newer", f"needs intimacy-kit {new.requires_kit}")
    for name, operations in old.migrations.items():
        if name not in new.migrations or new.migrations[name] != operations:
            said = "this migration was released and is not what it was; it never changes"
            yield Change(name, "migration_changed", said)
