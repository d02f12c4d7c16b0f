"""Below every depth there is a step for everybody (K517), every landing can come back (K518), and there is something.

Depth rises one step at a time only for those who have something on the step between. Who refuses every sensitive
topic must not go up two steps at once because all that lies between touches one.
"""

from collections.abc import Iterator

from intimacy_kit.authoring.proofs.findings import Finding, Words, depth, grouped
from intimacy_kit.authoring.proofs.profiles import TENDER
from intimacy_kit.authoring.proofs.reach import Reached
from intimacy_kit.authoring.proofs.systems import System
from intimacy_kit.content.activities import Activity
from intimacy_kit.content.vocabulary import DEPTHS, SENSITIVE_TOPICS
from intimacy_kit.problems import Problem, Where

__all__ = ["landings_that_stay_away", "missing_steps", "nothing_at_all", "nothing_in"]

_SENSITIVE = frozenset(SENSITIVE_TOPICS)


def missing_steps(system: System, best: Reached) -> Iterator[Finding]:
    """Say below which depth there is nothing for those who refuse every sensitive topic."""
    opened = [number for number in range(len(system.activities)) if best.opened(number)]
    for deep in list(DEPTHS)[1:]:
        here = [number for number in opened if system.activities[number].depth == deep]
        below = (one for number in opened for one in [system.activities[number]] if one.depth == deep - 1)
        if here and all(one.topics & _SENSITIVE for one in below):
            name = DEPTHS[deep - 1]
            said = (
                f"there is nothing {depth(deep - 1)} without a sensitive topic: "
                "whoever refuses those goes up two steps at once"
            )
            about = [(system.activities[number].id, system.where(number, "/depth")) for number in here]
            yield Finding("K517", about, said, f"write something {name} that touches no sensitive topic")


def landings_that_stay_away(system: System) -> Iterator[Finding]:
    """Say which landings cannot come after every tender evening, where there is anything tender."""
    there = [(n, one) for n, one in enumerate(system.activities) if system.kin[n] is not None]
    if all(one.depth < TENDER for _, one in there):
        return
    words = Words(system)
    away = ((_kept_away(one), n) for n, one in there if one.purpose == "landing")
    for (one_does, several_do), numbers in grouped((how, n) for how, n in away if how):
        doing = one_does if len(numbers) == 1 else several_do
        said = f"a landing comes back after every tender evening: {words.names(numbers)} {doing}"
        about = [(system.activities[n].id, system.where(n, "/purpose")) for n in numbers]
        yield Finding("K518", about, said, "write repeat: {after_days: 1}")


def _kept_away(landing: Activity) -> tuple[str, str] | None:
    """Return what keeps a landing away after a tender evening, said of one and of several; None for nothing."""
    rests = max(landing.repeat.after_days, *landing.repeat.revisit, 0)
    if rests > 1:
        return f"rests {rests} days", f"rest {rests} days"
    return None if landing.repeat.at_most is None else ("has a limit, at_most", "have a limit, at_most")


def nothing_at_all(system: System) -> Iterator[Finding]:
    """Say that there is nothing that could be offered to anybody."""
    if system.packs and all(kin is None for kin in system.kin):
        about = [(pack.name, Where(pack.name)) for pack in system.packs]
        one = nothing_in("")
        yield Finding(one.code, about, one.message, one.hint)


def nothing_in(pack: str) -> Problem:
    """Return the problem that there is nothing in a pack for anybody.

    >>> print(nothing_in("tea"))
    tea: K519 nothing here can be offered to anybody (write something, or take 'retired' out)
    """
    return Problem(
        Where(pack), "K519", "nothing here can be offered to anybody", "write something, or take 'retired' out"
    )
