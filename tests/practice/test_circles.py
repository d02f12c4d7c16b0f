"""The closeness picture."""

from math import cos, hypot, pi, sqrt
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_packs import patient

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.practice.circles import MOST_OVERLAP, circles_svg, distance, overlap

SVG = "{http://www.w3.org/2000/svg}"
Circle = tuple[float, float, float]


def drawn(svg: str) -> tuple[Circle, Circle]:
    """Return the two circles of a picture, each as x, y and radius."""
    left, right = (
        (float(circle.attrib["cx"]), float(circle.attrib["cy"]), float(circle.attrib["r"]))
        for circle in ET.fromstring(svg).iter(f"{SVG}circle")
    )
    return left, right


def shared(one: Circle, other: Circle, slices: int = 20_000) -> float:
    """Measure the part of a circle that another of the same size covers, slice by slice across both."""
    (x1, y1, radius), (x2, y2, _) = one, other
    half = hypot(x2 - x1, y2 - y1) / 2
    width = (radius - half) / slices
    heights = (2 * sqrt(radius**2 - (half + (n + 0.5) * width) ** 2) for n in range(slices))
    return 2 * width * sum(heights) / (pi * radius**2)


@pytest.mark.parametrize("point", range(1, 8))
def test_the_circles_that_are_drawn_overlap_as_much_as_is_said(point: int) -> None:
    assert shared(*drawn(circles_svg(point))) == pytest.approx(MOST_OVERLAP * (point - 1) / 6, abs=2e-4)


def test_at_the_lowest_point_they_touch_and_share_nothing() -> None:
    (left, _, radius), (right, _, _) = drawn(circles_svg(1))
    assert right - left == 2 * radius
    assert distance(0, 0, 10) == 2


@patient
@given(st.integers(0, 1), st.integers(2, 100))
def test_each_point_is_closer_than_the_one_before_in_even_steps(low: int, high: int) -> None:
    parts = [overlap(distance(point, low, high)) for point in range(low, high + 1)]
    assert parts == pytest.approx([MOST_OVERLAP * n / (high - low) for n in range(high - low + 1)], abs=1e-8)


def test_the_formula_agrees_with_what_is_known() -> None:
    assert (overlap(0.0), overlap(2.0)) == (1.0, 0.0)
    assert overlap(1.0) == pytest.approx(2 / 3 - sqrt(3) / (2 * pi))
    assert overlap(2 * cos(pi / 4)) == pytest.approx((pi / 2 - 1) / pi)


@patient
@given(st.integers(1, 7))
def test_the_picture_is_symmetrical_and_nothing_is_cut_off(point: int) -> None:
    svg = circles_svg(point)
    _, _, width, height = map(float, ET.fromstring(svg).attrib["viewBox"].split())
    (left, top, radius), (right, bottom, other) = drawn(svg)
    assert (left + right, top, bottom, radius) == (pytest.approx(width), height / 2, height / 2, other)
    edge = float(ET.fromstring(svg).attrib["stroke-width"]) / 2
    assert min(left, top) - radius >= edge
    assert max(right - width, bottom - height) + radius <= -edge


def test_without_a_label_it_says_which_point_it_is() -> None:
    assert ET.fromstring(circles_svg(3, 0, 10)).findtext(f"{SVG}title") == "3 of 0 to 10"


@patient
@given(st.text())
def test_any_label_is_said_as_it_is_and_never_becomes_markup(label: str) -> None:
    root = ET.fromstring(circles_svg(4, label=label).encode())
    assert [child.tag for child in root] == [f"{SVG}title", f"{SVG}circle", f"{SVG}circle"]
    if label and label.isprintable():
        assert root.findtext(f"{SVG}title") == label


def test_a_label_of_markup_is_shown_as_written() -> None:
    label = '</title><script>alert("1 & 2")</script> ]]>'
    assert ET.fromstring(circles_svg(4, label=label)).findtext(f"{SVG}title") == label


@pytest.mark.parametrize(("point", "low", "high"), [(0, 1, 7), (8, 1, 7), (1, 1, 1), (5, 7, 1)])
def test_a_point_that_is_not_on_the_scale_is_refused(point: int, low: int, high: int) -> None:
    with pytest.raises(InvalidValueError) as refused:
        circles_svg(point, low, high)
    assert str(refused.value) == f"'point' must be a whole number from {low} to {high}"


def test_no_room_is_wasted_around_the_circles() -> None:
    _, _, width, height = map(float, ET.fromstring(circles_svg(1)).attrib["viewBox"].split())
    (left, top, radius), (right, _, _) = drawn(circles_svg(1))
    assert top - radius < radius / 10
    assert max(left - radius, width - right - radius) < radius / 5
    assert width == 2 * height


def test_the_picture_says_nothing_but_its_label() -> None:
    assert "".join(ET.fromstring(circles_svg(4, label="Rather close")).itertext()) == "Rather close"


def test_what_xml_cannot_carry_is_left_out_of_a_label() -> None:
    assert ET.fromstring(circles_svg(4, label="Rather\x00 close\ufffe")).findtext(f"{SVG}title") == "Rather close"


@pytest.mark.parametrize("point", range(1, 8))
def test_a_distance_is_given_with_nine_digits_so_that_it_is_the_same_on_every_machine(point: int) -> None:
    assert distance(point, 1, 7) == round(distance(point, 1, 7), 9)
