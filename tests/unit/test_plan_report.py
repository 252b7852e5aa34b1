"""What a plan says: which steps, how long, why, and what it comes to."""

from __future__ import annotations

import json

from ebrochure.model.manifest import PlannedStep
from ebrochure.plan_report import plan_to_json, plan_to_text

LOGO = "`logo.png` changed"
IF_CARD = "if `card` comes out different"
STEPS = (
    PlannedStep("vpn", "explainer", "card", LOGO, 12.0),
    PlannedStep("vpn", "explainer", "render", IF_CARD, 200.0),
    PlannedStep("vpn", "abroad", "card", LOGO, 4.0),
    PlannedStep("backup", "narration", "probe", "first build", 1.0),
)


def test_a_page_s_pdf_is_planned_beside_the_videos_and_is_none_of_them() -> None:
    steps = (PlannedStep("vpn", None, "paper", "`vpn/index.html` changed", 1.5),)
    text = plan_to_text(steps)
    assert "paper" in text
    assert "1 video" not in text


def test_plan_is_a_table_with_the_reasons_counted_and_the_time_summed_up() -> None:
    assert plan_to_text(STEPS) == (
        "service  video      stage        about  why\n"
        "vpn      explainer  card          12 s  `logo.png` changed\n"
        "vpn      explainer  render  3 min 20 s  if `card` comes out different\n"
        "vpn      abroad     card           4 s  `logo.png` changed\n"
        "backup   narration  probe          1 s  first build\n"
        "\n"
        "2 videos: `logo.png` changed\n"
        "1 video: first build\n"
        "In all about 3 min 37 s on this machine, where everything comes out different."
    )


def test_what_is_not_known_is_not_counted_as_nothing() -> None:
    text = plan_to_text((*STEPS, PlannedStep("new", "talk", "probe", "first build")))
    assert "talk       probe            ?  first build" in text
    assert "In all more than 3 min 37 s" in text


def test_empty_plan_says_that_there_is_nothing_to_do() -> None:
    assert plan_to_text(()).startswith("Nothing to do")
    assert json.loads(plan_to_json(())) == {"steps": [], "expected_s": 0}


def test_scripts_get_seconds() -> None:
    plan = json.loads(plan_to_json(STEPS))
    assert plan["expected_s"] == 217.0
    assert plan["steps"][1] == {
        "service": "vpn",
        "video": "explainer",
        "stage": "render",
        "why": IF_CARD,
        "expected_s": 200.0,
    }
