"""Living with packs before anybody does: seeded couples, day by day, with the real engine, and limits that can fail."""

from collections.abc import Callable, Iterable

from intimacy_kit.authoring.simulation.judging import judged
from intimacy_kit.authoring.simulation.limits import Limits
from intimacy_kit.authoring.simulation.reporting import report_of
from intimacy_kit.authoring.simulation.reports import Report
from intimacy_kit.authoring.simulation.running import Run, run
from intimacy_kit.content.packs import Pack
from intimacy_kit.errors import InvalidValueError
from intimacy_kit.loading.catalog import Catalog

__all__ = ["Limits", "Report", "simulate"]


def _nobody(_done: int, _of: int) -> None:
    """Tell nobody how far it is."""


def simulate(
    packs: Catalog | Iterable[Pack],
    *,
    days: int = 90,
    couples: int | None = None,
    seed: int = 0,
    jobs: int | None = None,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
    progress: Callable[[int, int], None] = _nobody,
) -> Report:
    """Live with some packs for so many days, and report what came of it.

    Everybody is in it: each persona in each profile that concerns it, with one couple or, where *couples* is more than
    that, with as many more. The same *seed* gives the same report on any number of cores; *jobs* is how many are used,
    None being all. *progress* is called with how many couples are through, and of how many.

    On more than one core it starts processes: a script that calls it does so under ``if __name__ == "__main__"``.

    Where nothing in the packs could be offered to anybody, nobody lives, and that is a problem of its own.

    Raises InvalidValueError for *days*, *couples* or *jobs* below 1.
    """
    for name, value in (("days", days), ("couples", couples), ("jobs", jobs)):
        if value is not None and value < 1:
            raise InvalidValueError(name, "must be 1 or more")
    given = packs.packs if isinstance(packs, Catalog) else tuple(sorted(packs, key=lambda pack: pack.name))
    refused = tuple(sorted(packs.refused)) if isinstance(packs, Catalog) else ()
    the_run = Run(given, refused, days, couples, seed)
    return judged(report_of(the_run, run(the_run, jobs, progress)), limits, given)
