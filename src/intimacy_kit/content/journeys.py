"""Authored progressions through activities."""

from attrs import field, frozen

from intimacy_kit.content.activities import LINE, TITLE
from intimacy_kit.content.checks import (
    boolean,
    distinct,
    filled,
    instance,
    instances,
    is_id,
    is_slug,
    matching,
    optional,
    ordered,
    whole,
)
from intimacy_kit.content.text import Text

__all__ = ["Booster", "Journey", "Stage"]

_slug = matching(is_slug, "must be a slug such as first-steps")
_id = matching(is_id, "must be an id such as foundations/first-steps")


@frozen(kw_only=True)
class Stage:
    """A part of a journey: what it offers, and how much of that it asks before the next one opens."""

    #: A slug within the journey.
    id: str = field(validator=_slug)
    title: Text = field(validator=filled(TITLE))
    about: Text | None = field(default=None, validator=optional(filled(LINE)))
    #: The ids of the activities it offers.
    offers: tuple[str, ...] = field(converter=ordered, validator=distinct(_id, least=1, most=100))
    #: How many of them are to be resolved before the next stage opens; None is all.
    asks: int | None = field(default=None, validator=optional(whole(1, 100)))


@frozen(kw_only=True)
class Booster:
    """Something to come back to after a journey has ended, for those who still follow it."""

    #: How many days after the end; the end is the day on which the last new activity of it was acted on.
    after_days: int = field(validator=whole(1, 3650))
    #: The ids of what it offers, the first that fits; one is enough.
    offers: tuple[str, ...] = field(converter=ordered, validator=distinct(_id, least=1, most=100))


@frozen(kw_only=True)
class Journey:
    """An authored progression: stages one after the other."""

    #: ``pack-name/journey-slug``.
    id: str = field(validator=_id)
    title: Text = field(validator=filled(TITLE))
    about: Text = field(validator=filled(LINE))
    stages: tuple[Stage, ...] = field(
        converter=tuple[Stage, ...], validator=instances(instance(Stage, "stages"), least=1, most=60)
    )

    #: What comes after its end.
    boosters: tuple[Booster, ...] = field(
        default=(), converter=tuple[Booster, ...], validator=instances(instance(Booster, "boosters"), most=20)
    )
    #: Whether it is for one person: everything on it can be done alone.
    alone: bool = field(default=False, validator=boolean)

    @property
    def offers(self) -> frozenset[str]:
        """The ids of all activities of its stages."""
        return frozenset(activity for stage in self.stages for activity in stage.offers)
