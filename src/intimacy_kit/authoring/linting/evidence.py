"""What an activity rests on: claims as strong as their evidence, and sources that can be found."""

import re
from collections.abc import Iterator

from intimacy_kit.authoring.linting.reading import about
from intimacy_kit.content.activities import Activity, CheckIn
from intimacy_kit.problems import Problem

__all__ = ["check_evidence"]

_DOI = re.compile(r"doi:10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+")
_ADDRESS = re.compile(r"https://[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/[^\s\"<>]*)?")
_BARE_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi[:\s]*|DOI[:\s]*)?(10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+)")
_STUDIES = frozenset({"trial", "experiment", "correlational"})


def check_evidence(activity: Activity, at: str) -> Iterator[Problem]:
    """Say what is wrong with what an activity rests on, in any language."""
    evidence = activity.evidence
    for index, source in enumerate(evidence.sources):
        yield from _source(source, f"{at}/evidence/sources/{index}")
    if not evidence.sources:
        if evidence.basis in _STUDIES:
            hint = "add the study under sources, such as doi:10.1234/abc, or write basis: tradition"
            yield about(f"{at}/evidence/basis", "K762", f"'{evidence.basis}' names no study", hint)
        elif isinstance(activity, CheckIn) and activity.validated:
            hint = "say under evidence, sources, where these very words were tried, or write validated: false"
            yield about(f"{at}/validated", "K763", "nothing shows that this was validated", hint)
        elif evidence.basis == "tradition" and evidence.note is None:
            hint = "say in a note which tradition it comes from, and what is your own"
            yield about(f"{at}/evidence/basis", "K764", "'tradition' does not say which", hint)


def _source(source: str, pointer: str) -> Iterator[Problem]:
    if _DOI.fullmatch(source) or (_ADDRESS.fullmatch(source) and not _BARE_DOI.fullmatch(source)):
        return
    if found := _BARE_DOI.fullmatch(source.strip()):
        hint = f"write doi:{found[1]}"
    elif source.startswith("http://"):
        hint = f"write https://{source.removeprefix('http://')}"
    else:
        hint = "write doi:10... or an address that begins with https://; a title belongs into the note"
    yield about(pointer, "K761", f"'{source}' cannot be looked up", hint)
