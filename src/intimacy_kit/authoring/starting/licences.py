"""Under what others may use the words: a short list, each with what it allows in one line."""

import re
from importlib.resources import files

from attrs import field, frozen

from intimacy_kit.errors import KitError
from intimacy_kit.loading.explaining import similar_to

__all__ = ["LICENCES", "Licence", "licence_named"]


@frozen
class Licence:
    """A licence that a pack can be under."""

    #: Its SPDX id.
    id: str
    #: What it is called in full.
    title: str
    #: What it allows, in one line.
    allows: str
    #: Where it is explained; empty for one of the writer's own.
    link: str = field(default="")

    def text(self, author: str) -> str:
        """Return what stands in the file LICENSE: the whole text where the kit has it, else who and where."""
        legal = files("intimacy_kit.authoring.starting") / "pack" / "licences" / f"{self.id}.txt"
        if legal.is_file():
            return legal.read_text("utf-8")
        where = f"The whole of it: {self.link}legalcode" if self.link else "Write here what others may do with it."
        return f"The words of this pack are by {author}, under {self.title} ({self.id}).\n\n{where}\n"


_CC = "https://creativecommons.org"

#: What 'new' offers, the usual one first.
LICENCES = (
    Licence(
        "CC-BY-4.0",
        "Creative Commons Attribution 4.0 International",
        "anybody may use, change and sell it, and says it is by you",
        f"{_CC}/licenses/by/4.0/",
    ),
    Licence(
        "CC-BY-SA-4.0",
        "Creative Commons Attribution-ShareAlike 4.0 International",
        "the same, and what is made of it must be as free",
        f"{_CC}/licenses/by-sa/4.0/",
    ),
    Licence(
        "CC0-1.0",
        "Creative Commons Zero 1.0 Universal",
        "anybody may do anything with it, without naming you",
        f"{_CC}/publicdomain/zero/1.0/",
    ),
    Licence(
        "CC-BY-NC-4.0",
        "Creative Commons Attribution-NonCommercial 4.0 International",
        "as the first, but nobody earns money with it; many apps cannot take it then",
        f"{_CC}/licenses/by-nc/4.0/",
    ),
)
_OWN = re.compile(r"LicenseRef-[A-Za-z0-9.-]{1,80}")


def licence_named(name: str) -> Licence:
    """Return the licence that is meant; raise KitError where it is none the kit can write down.

    >>> licence_named("cc by 4.0").id
    'CC-BY-4.0'
    """
    known = {licence.id.lower(): licence for licence in LICENCES}
    wanted = "-".join(name.lower().split())
    if wanted in known:
        return known[wanted]
    if _OWN.fullmatch(name):
        return Licence(name, "terms of their own", "what you write in LICENSE")
    near = known.get(similar_to(wanted, known))
    offered = f"did you mean '{near.id}'?" if near else f"it is one of {', '.join(one.id for one in LICENCES)}"
    raise KitError(f"'{name}' is no licence known here; {offered}; for terms of your own, 'LicenseRef-' and a name")
