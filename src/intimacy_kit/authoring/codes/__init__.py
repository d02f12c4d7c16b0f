"""What each code means: one page each, with an example that fails and the same one mended.

The pages are Markdown files beside this module, named by their code. They are what ``intimacy-kit explain`` prints,
and what ``tests/authoring/test_codes.py`` tries.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from intimacy_kit.errors import KitError

__all__ = ["FAMILIES", "near_code", "page", "titles"]

#: The first digit of a code says what it is about.
FAMILIES = {
    "K0": "Bytes and JSON",
    "K1": "Fields and values",
    "K2": "Names that lead somewhere",
    "K3": "Installed packs",
    "K4": "Source files",
    "K5": "Proofs",
    "K6": "Simulation",
    "K7": "Words and style",
    "K8": "Languages and updates",
    "K9": "Publishing",
}


#: Letters that are typed for digits.
_DIGITS = str.maketrans("OIL", "011")


def page(code: str) -> str:
    """Return the page of a code as Markdown; raise KitError for a code there is none of.

    >>> page("k102").splitlines()[0]
    '# K102: a field that is not known'
    """
    wanted = code.upper()
    if wanted not in titles():
        near = near_code(code, titles())
        raise KitError(f"there is no code '{code}'; {f'did you mean {near}?' if near else 'explain lists them all'}")
    return (files(__name__) / f"{wanted}.md").read_text("utf-8")


def near_code(code: str, known: Iterable[str]) -> str:
    """Return the code that is meant by one that does not exist; nothing where it could be many.

    That is the one with digits for letters, or the only one that differs in one digit or has two of them swapped.

    >>> near_code("K1O2", ["K102", "K112"]), near_code("K104", ["K103", "K105"])
    ('K102', '')
    """
    codes = tuple(known)
    meant = code.upper().translate(_DIGITS)
    near = [one for one in codes if _alike(one, meant)]
    return meant if meant in codes else near[0] if len(near) == 1 else ""


def _alike(one: str, other: str) -> bool:
    different = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    swapped = len(different) == len("ab") and different[0] == different[1][::-1]
    return len(one) == len(other) and (len(different) == 1 or swapped)


@cache
def titles() -> dict[str, str]:
    """Return what each code is called, in the order of the codes."""
    pages = sorted(file.name for file in files(__name__).iterdir() if file.name.endswith(".md"))
    return dict(_title(name) for name in pages)


def _title(name: str) -> tuple[str, str]:
    with (files(__name__) / name).open("r", encoding="utf-8") as opened:
        code, _, title = opened.readline().removeprefix("# ").strip().partition(": ")
    return code, title
