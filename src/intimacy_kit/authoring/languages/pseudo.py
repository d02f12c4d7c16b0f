"""A pack in two languages nobody speaks, to see what an app does with longer words, accents and the other direction.

What an app still shows in plain letters is not from the pack, or was not translated.
"""

import re

from attrs import evolve

from intimacy_kit.authoring.languages.compiling import overlay_bytes
from intimacy_kit.content.languages import PSEUDO, PSEUDO_RIGHT_TO_LEFT
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.texts import Said, texts
from intimacy_kit.loading.overlays import overlay_file

__all__ = ["in_pseudo", "pseudo_overlays"]

_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = str.maketrans(_PLAIN, "áƀçďéƒĝĥíĵķľɱñóþɋŕšţúṽŵẋýžÁƁÇĎÉƑĜĤÍĴĶĽḾÑÓÞɊŔŠŢÚṼŴẊÝŽ")
#: Letters that run from right to left, one for each: nobody reads them, and every screen turns them.
_TURNED = str.maketrans(
    _PLAIN,
    2 * "\u0627\u0628\u0686\u062f\u0639\u0641\u06af\u0647\u0625\u062c\u06a9\u0644\u0645\u0646\u0648\u067e\u0642\u0631"
    "\u0633\u062a\u0623\u0637\u0638\u062e\u064a\u0632",
)
_VOWEL = re.compile(r"[aeiouAEIOU]")


def pseudo_overlays(pack: Pack) -> tuple[Pack, dict[str, bytes]]:
    """Return a pack that also lists the pseudo-languages, and their overlays by the names of their files."""
    tags = (PSEUDO, PSEUDO_RIGHT_TO_LEFT)
    listed = evolve(pack, languages=(pack.languages[0], *tags))
    return listed, {
        overlay_file(tag): overlay_bytes(listed, tag, {said.context: in_pseudo(said, tag) for said, _ in texts(pack)})
        for tag in tags
    }


def in_pseudo(said: Said, language: str) -> str:
    """Return a text in a pseudo-language: a third longer, other letters, in brackets that show where it is cut off.

    >>> from intimacy_kit.content.text import Text
    >>> in_pseudo(Said("title", "/title", Text("Coming *back*"), 120), "en-XA")
    '⟦Çóóɱííñĝ *ƀááçķ*⟧'
    """
    words = said.text.words
    letters = _ACCENTED if language == PSEUDO else _TURNED
    room = said.most - len(words) - len("⟦⟧")
    if room < 0:
        return words.translate(letters)
    longer = _VOWEL.sub(lambda vowel: 2 * vowel[0], words, count=room) if room else words
    return f"⟦{longer.translate(letters)}⟧"
