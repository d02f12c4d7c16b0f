"""Writing YAML as a writer would: plain words where they can stand plain, quotes where they must.

What is written here is read back by ``yaml_sources`` letter by letter (a property test).
"""

import re
from collections.abc import Mapping, Sequence

__all__ = ["yaml_list", "yaml_text"]

#: Words and numbers that would not be read as text, in this kit or in an editor that reads YAML 1.1.
_NO_TEXT = re.compile(
    r"(?i:null|true|false|yes|no|on|off|y|n|~)|[-+.]?[0-9][-+0-9_.,:eExXa-fA-F]*|[-+]?\.(?i:inf|nan)|=|<<"
)
#: A text that begins with a letter or a digit can stand plain, where nothing in it means something to YAML.
_BEGINS = re.compile(r"[^\W_]|[\u00bf\u00a1\u2018\u201c\u201e\u00ab\u2014\u2013\u2026(/$]")
_MEANS_SOMETHING = re.compile(r": |:$| #|[\n\t\x85\u2028\u2029\ufeff]|  ")
_MEANS_SOMETHING_IN_A_LIST = re.compile(r"[\[\]{},:?]")
_ESCAPED = re.compile('[\\\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def yaml_text(text: str, *, in_list: bool = False) -> str:
    r"""Return a text as one YAML scalar in one line; *in_list* between ``[ ]`` or ``{ }``.

    >>> print(yaml_text("Pick one: tea or rain"), yaml_text("no"), yaml_text("Who?"), yaml_text('1 "cup": mine'))
    "Pick one: tea or rain" "no" Who? '1 "cup": mine'
    """
    if _is_plain(text) and not (in_list and _MEANS_SOMETHING_IN_A_LIST.search(text)):
        return text
    if '"' in text and not _ESCAPED.search(text.replace('"', "")):
        return "'" + text.replace("'", "''") + "'"
    return '"' + _ESCAPED.sub(lambda found: _ESCAPES.get(found[0], f"\\u{ord(found[0]):04X}"), text) + '"'


def _is_plain(text: str) -> bool:
    if not _BEGINS.match(text) or text != text.strip() or _NO_TEXT.fullmatch(text):
        return False
    return not _MEANS_SOMETHING.search(text) and not _ESCAPED.search(text.replace('"', ""))


def yaml_list(values: Sequence[object] | Mapping[str, object]) -> str:
    """Return a short list, or a few short fields, in one line.

    >>> print(yaml_list(["listening", "trust"]), yaml_list({"basis": "trial", "sources": ["doi:10.1/x"]}))
    [listening, trust] {basis: trial, sources: ["doi:10.1/x"]}
    """
    if isinstance(values, Mapping):
        return "{" + ", ".join(f"{key}: {_value(value)}" for key, value in values.items()) + "}"
    return f"[{', '.join(_value(value) for value in values)}]"


def _value(value: object) -> str:
    if isinstance(value, str):
        return yaml_text(value, in_list=True)
    return yaml_list(value) if isinstance(value, (Sequence, Mapping)) else str(value)
