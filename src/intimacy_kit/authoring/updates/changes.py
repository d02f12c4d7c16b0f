"""Every kind of change from one version of a pack to the next, and how much each of them matters."""

from collections.abc import Mapping

from attrs import frozen

from intimacy_kit.authoring.updates.versions import Bump

__all__ = ["CHANGES", "Change"]

#: Every kind of change, and by how much the version has to rise for it. What is ``never`` is refused whatever it is.
CHANGES: Mapping[str, Bump] = {
    "added": "minor",
    "retired": "minor",
    "brought_back": "minor",
    "renamed": "minor",
    "merged": "minor",
    "split": "minor",
    "vanished": "never",
    "kind_changed": "never",
    "rev_lowered": "never",
    "reworded": "patch",
    "meant_anew": "minor",
    "deeper": "major",
    "lighter": "minor",
    "new_topic": "major",
    "topic_gone": "minor",
    "gate_stricter": "major",
    "gate_looser": "minor",
    "question_reworded": "major",
    "question_added": "major",
    "question_gone": "major",
    "scale_changed": "major",
    "skills_changed": "minor",
    "purpose_changed": "major",
    "settings_changed": "patch",
    "journey_added": "minor",
    "journey_changed": "minor",
    "journey_gone": "major",
    "language_added": "minor",
    "language_gone": "major",
    "licence_changed": "major",
    "kit_newer": "minor",
    "migration_changed": "never",
}


@frozen(order=True)
class Change:
    """One thing that changed, in meaning."""

    #: The slug of the activity or journey, or the name of the migration; empty is the pack as a whole.
    about: str
    #: One of ``CHANGES``.
    what: str
    #: What it is, in words.
    said: str

    @property
    def bump(self) -> Bump:
        """By how much the version has to rise for it, or ``never``."""
        return CHANGES[self.what]
