"""Building a page as a tree: every word in it is escaped when it is written, whoever wrote it."""

from xml.etree import ElementTree as ET

__all__ = ["Node", "node", "written"]

Node = ET.Element


def node(tag: str, *inside: Node | str | None, **attributes: object) -> Node:
    """Return an element with what is inside it; an attribute ``class_`` is ``class``, ``text_anchor`` ``text-anchor``.

    >>> print(ET.tostring(node("p", "1 < 2, ", node("b", "always"), class_="note"), encoding="unicode"))
    <p class="note">1 &lt; 2, <b>always</b></p>
    """
    element = ET.Element(tag, {name.rstrip("_").replace("_", "-"): _said(v) for name, v in attributes.items()})
    last: Node | None = None
    for part in inside:
        if isinstance(part, str):
            if last is None:
                element.text = (element.text or "") + part
            else:
                last.tail = (last.tail or "") + part
        elif part is not None:
            element.append(part)
            last = part
    return element


def written(page: Node) -> str:
    """Return a page as HTML."""
    return "<!doctype html>\n" + ET.tostring(page, encoding="unicode", method="html") + "\n"


def _said(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
