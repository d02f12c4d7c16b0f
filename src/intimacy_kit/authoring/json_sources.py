"""Reading a JSON source as other sources are read: what it says, where each value stands, and what is wrong."""

from pathlib import Path

from intimacy_kit.authoring.sources import Source
from intimacy_kit.authoring.yaml_sources import read_text
from intimacy_kit.loading.positions import Positions
from intimacy_kit.loading.preflight import preflight

__all__ = ["read_json"]


def read_json(root: Path, file: str) -> Source:
    """Read a JSON file of a pack."""
    text, problems = read_text(root, file)
    if problems or not text.strip():  # an empty file says so itself
        return Source(file, None, problems=problems, text=text)
    checked = preflight(text.encode(), file)
    if checked.problems:
        return Source(file, None, problems=checked.problems, text=text)
    return Source(file, checked.document, Positions.of(text).places(), text=text)
