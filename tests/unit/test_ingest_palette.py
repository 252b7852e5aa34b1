"""Whatever colours a brand names: they are its own where they can be seen, and everything can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coloraide import Color
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ebrochure.ingest.palette import (
    TEXT_AIM,
    TEXT_MIN,
    UI_MIN,
    VISIBLE_SHIFT,
    contrast,
    dark_roles,
    light_roles,
)

if TYPE_CHECKING:
    from ebrochure.model.brand import Roles

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
WHITE, NEAR_BLACK, BLACK = "#ffffff", "#111111", "#000000"


def least(colour: str, roles: Roles) -> float:
    """Return the contrast of `colour` on the ground where it is seen worse."""
    return min(contrast(colour, roles.background), contrast(colour, roles.surface))


def test_a_strong_colour_is_used_as_it_is() -> None:
    roles, changes = light_roles("#0b5c5e", None)
    assert changes == ()
    assert (roles.link, roles.focus, roles.accent) == ("#0b5c5e",) * 3


def test_a_colour_just_too_faint_is_moved_and_not_replaced() -> None:
    roles, _ = light_roles("#777777", None)
    assert roles.link not in {"#777777", roles.text}
    assert least(roles.link, roles) >= TEXT_MIN


@pytest.mark.parametrize("primary", [WHITE, BLACK, "#ffff00", "#757575", "#00ff00", "#0000ff"])
def test_the_hardest_colours_can_be_read_by_day_and_by_night(primary: str) -> None:
    check_contrast(light_roles(primary, None)[0])
    check_contrast(dark_roles(primary, None))


@given(COLOURS, st.none() | COLOURS)
@settings(max_examples=60)
def test_every_brand_can_be_read_by_day_and_by_night(primary: str, second: str | None) -> None:
    check_contrast(light_roles(primary, second)[0])
    dark = dark_roles(primary, second)
    check_contrast(dark)
    for mark in (dark.accent, dark.highlight):  # by day they are the brand's own, whatever it is
        assert least(mark, dark) >= UI_MIN


def check_contrast(roles: Roles) -> None:
    """Hold a theme to WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11."""
    for text in (roles.text, roles.text_muted):
        assert least(text, roles) >= TEXT_AIM
    assert least(roles.link, roles) >= TEXT_MIN
    for mark in (roles.border, roles.focus):
        assert least(mark, roles) >= UI_MIN
    assert contrast(roles.on_accent, roles.accent) >= TEXT_MIN


@given(COLOURS, st.none() | COLOURS)
@settings(max_examples=40)
def test_a_fill_is_the_brand_s_own_colour_with_white_or_black_on_it(primary: str, second: str | None) -> None:
    roles, _ = light_roles(primary, second)
    assert (roles.accent, roles.highlight) == (primary, second or primary)
    assert roles.on_accent in {WHITE, NEAR_BLACK, BLACK}


@given(COLOURS)
@example("#ffff00")
@settings(max_examples=40)
def test_a_link_is_the_brand_s_colour_to_the_eye_or_none_of_it(primary: str) -> None:
    roles, changes = light_roles(primary, None)
    shift = Color(primary).delta_e(roles.link, method="ok")
    assert shift <= VISIBLE_SHIFT or roles.link == roles.text
    assert {change.role for change in changes} == {
        role for role in ("link", "focus") if getattr(roles, role) != primary
    }
