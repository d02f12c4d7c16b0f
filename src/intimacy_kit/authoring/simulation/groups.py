"""Personas that differ in a topic, a journey or a pack only, told together."""

from collections.abc import Iterable

from attrs import frozen

from intimacy_kit.authoring.simulation.reports import Life, PersonaSeen, Report

__all__ = ["Group", "groups"]


@frozen(kw_only=True)
class Group:
    """Some personas that are told in one line."""

    #: "declines a topic (24)".
    name: str
    #: What they do; of several, what the first of them does.
    about: str
    personas: tuple[PersonaSeen, ...]
    lives: tuple[Life, ...]

    @property
    def couples(self) -> int:
        """How many couples they are."""
        return sum(life.couples for life in self.lives)

    @property
    def offered(self) -> int:
        """How much they were offered."""
        return sum(life.offered for life in self.lives)

    @property
    def taken(self) -> int:
        """How much of it they did."""
        return sum(life.taken for life in self.lives)

    @property
    def never_offered(self) -> float | None:
        """The largest share that one of the personas was never offered, as the limits look at it; None if they stop."""
        if not all(persona.stays for persona in self.personas):
            return None
        steady = {persona.name for persona in self.personas if persona.steady}
        shares = [life.never_offered for life in self.lives if life.persona in steady]
        return max([*shares, *(one.never_offered for one in self.personas if not one.steady)])

    @property
    def empty(self) -> int:
        """The longest run of days on which there was nothing."""
        return max(life.longest_empty_run for life in self.lives)

    @property
    def wait(self) -> int:
        """The longest wait, in days on which they looked."""
        return max(life.longest_wait for life in self.lives)


def groups(report: Report) -> tuple[Group, ...]:
    """Return the personas of a report in their order, those together that are told together."""
    lives: dict[str, list[Life]] = {}
    for life in report.lives:
        lives.setdefault(life.persona, []).append(life)
    together: dict[str, list[PersonaSeen]] = {}
    for persona in report.personas:
        together.setdefault(persona.among, []).append(persona)
    return tuple(_group(name, personas, lives) for name, personas in together.items())


def _group(name: str, personas: Iterable[PersonaSeen], lives: dict[str, list[Life]]) -> Group:
    several = tuple(personas)
    return Group(
        name=name if several[0].name == name else f"{name} ({len(several)})",
        about=several[0].about,
        personas=several,
        lives=tuple(life for persona in several for life in lives[persona.name]),
    )
