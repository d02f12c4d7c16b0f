"""Who lives with some packs: every persona in the profiles that concern them, and the worlds they live in."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from intimacy_kit.authoring.simulation.personas import Persona, personas
from intimacy_kit.authoring.simulation.profiles import Profile, profiles
from intimacy_kit.authoring.simulation.worlds import Numbering, World, companion, updated
from intimacy_kit.content.packs import Pack

__all__ = ["Cast", "Role", "cast"]


@frozen(eq=False)
class Role:
    """A persona in a profile: what any number of couples live."""

    persona: Persona
    profile: Profile
    #: The place of the persona in the cast.
    of_persona: int


@frozen(eq=False)
class Cast:
    """All roles, and what there is to know of the packs they live with."""

    #: What is installed at different times; the first is what was given.
    worlds: tuple[World, ...]
    #: The id of each activity by its number; those that were given come first.
    names: tuple[str, ...]
    profiles: tuple[Profile, ...]
    personas: tuple[Persona, ...]
    roles: tuple[Role, ...]
    #: Why some are not in it, in a sentence each.
    left_out: tuple[str, ...]

    @property
    def given(self) -> int:
        """How many activities were given: as many numbers are theirs."""
        return len(self.worlds[0].there)


def cast(packs: Sequence[Pack], refused: Iterable[str], days: int) -> Cast:
    """Return all roles there are for some packs in so many days: none where nothing could be offered to anybody."""
    numbering, broken = Numbering(), tuple(refused)
    worlds = [numbering.world(packs, broken), numbering.world(map(updated, packs), broken)]
    removals = []
    for pack in packs:
        rest = [other for other in packs if other is not pack] or [companion(packs)]
        before = 0
        if len(packs) == 1:
            before = len(worlds)
            worlds.append(numbering.world([pack, *rest], broken))
        removals.append((pack.name, before, len(worlds)))
        worlds.append(numbering.world(rest, broken))
    allowing = profiles(worlds[0].catalog.values())
    if not allowing:
        return Cast(tuple(worlds), tuple(numbering.names), (), (), (), ())
    everybody = personas(worlds[0].catalog, allowing, update=1, removals=removals)
    living = tuple(persona for persona in everybody if persona.happens < days)
    roles = [role for number, persona in enumerate(living) for role in _roles(number, persona, allowing)]
    left_out = [
        f"{persona.name}: that happens on day {persona.happens}, and only {days} days are lived"
        for persona in everybody
        if persona not in living
    ]
    return Cast(tuple(worlds), tuple(numbering.names), allowing, living, tuple(roles), tuple(left_out))


def _roles(number: int, persona: Persona, allowing: Sequence[Profile]) -> Iterator[Role]:
    chosen = {
        "every": allowing,
        "broad": [profile for profile in allowing if profile.broad],
        "least": allowing[:1],
    }[persona.lives]
    for profile in chosen:
        yield Role(persona, profile, number)
