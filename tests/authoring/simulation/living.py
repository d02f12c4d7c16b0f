"""What the tests of the simulation share: lives in this process, and engines that do not do as they should."""

from collections.abc import Callable
from typing import Any

from little_packs import activity, pack

from intimacy_kit.authoring.simulation.judging import judged
from intimacy_kit.authoring.simulation.limits import Limits
from intimacy_kit.authoring.simulation.reporting import report_of
from intimacy_kit.authoring.simulation.reports import Life, Report
from intimacy_kit.authoring.simulation.running import Run, run
from intimacy_kit.authoring.simulation.towns import Suggest
from intimacy_kit.content.gates import Count
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text
from intimacy_kit.practice.suggestions import Reason, Suggestion, suggest

#: More than anybody is ever offered in a day: so everything is asked for, to look back.
EVERYTHING = 4
LIMITS = Limits()
ALONE = Text("Alone.")


def lived(*packs: Pack, engine: Suggest = suggest, limits: Limits = LIMITS, **how: Any) -> Report:
    """Return the report of lives in this process, with an engine of one's own."""
    the_run = Run(packs, suggest=engine, **how)
    return judged(report_of(the_run, run(the_run, 1, lambda _done, _of: None)), limits, packs)


def life(report: Report, persona: str, profile: str = "") -> Life:
    """Return the life of a persona in a profile, or in the last one there is."""
    return [one for one in report.lives if one.persona == persona and profile in ("", one.profile)][-1]


def codes(report: Report) -> list[str]:
    """Return the codes of the problems."""
    return [problem.code for problem in report.problems]


def engine(wrong: Callable[..., list[str]], *, all_of_it: bool = False) -> Suggest:
    """Return an engine that offers what it is told, by slug; looking back it is right, if not *all_of_it* is wrong."""

    def offers(catalog: Any, progress: Any, allowed: Any, **how: Any) -> tuple[Suggestion, ...]:
        if how.get("limit", 3) >= EVERYTHING and not all_of_it:
            return suggest(catalog, progress, allowed, **how)
        slugs = wrong(catalog, progress, allowed, **how)
        there = [one for slug in slugs for one in catalog.values() if f"tea/{slug}" in (one.id, *one.aliases)]
        return tuple(Suggestion(one, Reason("new")) for one in there)

    return offers


def shelf(light: int = 12, personal: int = 0, **fields: Any) -> Pack:
    """Return a pack of light activities, and personal ones that ask for two light ones; all of them work alone."""
    fields.setdefault("solo", ALONE)
    gate = Count("depth", 1, 2)
    deeper = [activity(f"personal-{n}", depth=2, requires=gate, **fields) for n in range(personal)]
    return pack("tea", [*(activity(f"light-{n}", **fields) for n in range(light)), *deeper])
