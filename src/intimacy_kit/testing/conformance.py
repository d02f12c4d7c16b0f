"""Trying an app: whether it keeps the promises of this kit towards the people who use it."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from traceback import extract_tb

from attrs import evolve

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.testing.checks import bounding, declining, ending, hiding, keeping, sealing, supporting
from intimacy_kit.testing.checks.choosing import choose
from intimacy_kit.testing.checks.comparing import Ignoring
from intimacy_kit.testing.checks.stages import Check, RefusedError, Rehearsal, UncheckedError
from intimacy_kit.testing.hosts import Host
from intimacy_kit.testing.reports import Evidence, Report, Result

__all__ = ["CHECKS", "assert_host_keeps_promises", "check_host"]

#: All checks, in the order in which they are reported.
CHECKS: tuple[Check, ...] = (
    *hiding.CHECKS,
    *sealing.CHECKS,
    *declining.CHECKS,
    *bounding.CHECKS,
    *ending.CHECKS,
    *supporting.CHECKS,
    *keeping.CHECKS,
)

_NAMES = tuple(check.name for check in CHECKS)

#: A day like any other.
_START = datetime(2027, 3, 1, tzinfo=UTC)

#: How much is told of what one check found.
_TOLD = 5

_MOST_PEOPLE = 6


def check_host(
    host: Host,
    *,
    catalog: Catalog,
    pairs: int = 20,
    seed: str = "tea",
    start: datetime = _START,
    only: Collection[str] = (),
    skip: Mapping[str, str] | None = None,
) -> Report:
    """Try an app, and return what was found.

    *catalog* is the one the app uses: the checks act on what it has without a gate. *pairs* is how many made-up
    evenings are lived in two ways each; the same *seed* makes up the same ones. Every evening begins at *start*, the
    midnight of a day, aware, in the zone the app takes people to live in. *only* names the checks to run, all without
    it; *skip* names those to leave out and says why, for the report. Raises InvalidValueError for a check there is
    not, and for fewer than two people or more than six.

    Nothing a check does is undone: run it against a copy of the app that is for tests only.
    """
    skips = dict(skip or {})
    if not {*only, *skips} <= {*_NAMES}:
        raise InvalidValueError("only", f"and 'skip' must name checks: {', '.join(_NAMES)}")
    if not 2 <= len({*host.people}) == len(host.people) <= _MOST_PEOPLE:  # noqa: PLR2004 - one alone hides from nobody
        raise InvalidValueError("people", "must be two to six different names")
    ignored = Ignoring(tuple(host.ignores))
    rehearsal = Rehearsal(
        host=host,
        catalog=catalog,
        choice=choose(catalog),
        pairs=pairs,
        seed=seed,
        start=start,
        ignored=ignored,
    )
    results = [
        _result(check, rehearsal, skips.get(check.name, "")) for check in CHECKS if not only or check.name in only
    ]
    return Report(
        host=type(host).__name__,
        seed=seed,
        pairs=pairs,
        results=results,
        lacks=sorted(kind.__name__ for kind in host.lacks),
        ignored=ignored.seen,
    )


def assert_host_keeps_promises(
    host: Host,
    *,
    catalog: Catalog,
    pairs: int = 20,
    seed: str = "tea",
    start: datetime = _START,
    skip: Mapping[str, str] | None = None,
) -> Report:
    """Try an app, and fail with the whole report where a promise is not kept; return the report.

    The arguments are those of :func:`check_host`. What was not checked does not fail; it stands in the report.

    A whole test of an app::

        def test_the_app_keeps_its_promises():
            assert_host_keeps_promises(OurHost(), catalog=Catalog.installed())
    """
    report = check_host(host, catalog=catalog, pairs=pairs, seed=seed, start=start, skip=skip)
    if not report.passed:
        raise AssertionError(str(report))
    return report


def _result(check: Check, rehearsal: Rehearsal, skipped: str) -> Result:
    result = Result(check=check.name, says=check.says, outcome="not checked", attacks=check.attacks)
    lacking = [kind.__name__ for kind in check.needs if rehearsal.lacks(kind)]
    if skipped or lacking:
        return evolve(result, why=skipped or f"the app has no {', '.join(lacking)}")
    found, why = _found_by(check, rehearsal)
    if found:
        return evolve(result, outcome="failed", evidence=tuple(found))
    return evolve(result, outcome="not checked", why=why) if why else evolve(result, outcome="passed")


def _found_by(check: Check, rehearsal: Rehearsal) -> tuple[list[Evidence], str]:
    """Return what a check finds, and why it could not go on, where that is no fault of the app."""
    found: list[Evidence] = []
    try:
        found += islice(check.run(rehearsal), _TOLD)  # what it gives before it stops is kept
    except UncheckedError as reason:
        return found, str(reason)
    except RefusedError as refused:
        found.append(Evidence(str(refused)))
    except Exception as error:  # noqa: BLE001 - whatever an app raises is what was found
        found.append(Evidence(_raised(error)))
    return found, ""


def _raised(error: Exception) -> str:
    """Say what was raised and where, but not with what message: it may quote what somebody wrote."""
    last = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} was raised in {last.name}, {Path(last.filename).name}:{last.lineno}"
