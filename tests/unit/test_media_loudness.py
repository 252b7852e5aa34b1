"""Deciding on gain and limiter, and reading ffmpeg's report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.errors import ProcessError
from ebrochure.media.loudness import MOST_GAIN_DB, NO_LEVELING, parse_summary, plan_leveling
from ebrochure.model.media import Loudness

REPORT = """
[Parsed_ebur128_0 @ 0x1] Summary:

  Integrated loudness:
    I:         {integrated} LUFS
    Threshold: -30.2 LUFS

  Loudness range:
    LRA:         1.5 LU
    Threshold: -40.5 LUFS
    LRA low:   -21.1 LUFS
    LRA high:  -19.6 LUFS

  True peak:
    Peak:       {peak} dBFS
"""


def measured(integrated_lufs: float, true_peak_dbtp: float) -> Loudness:
    return Loudness(integrated_lufs, true_peak_dbtp, 5.0)


def test_the_report_is_read() -> None:
    assert parse_summary(REPORT.format(integrated="-20.2", peak="-6.5")) == Loudness(-20.2, -6.5, 1.5)


def test_a_peak_above_full_scale_is_read() -> None:
    found = parse_summary(REPORT.format(integrated="-6.9", peak="2.1"))

    assert found is not None
    assert found.true_peak_dbtp == 2.1


@pytest.mark.parametrize(
    ("integrated", "peak"), [("-70.0", "-inf"), ("-70.0", "-80.0"), ("nan", "-3.0"), ("-inf", "-inf")]
)
def test_silence_has_no_loudness(integrated: str, peak: str) -> None:
    assert parse_summary(REPORT.format(integrated=integrated, peak=peak)) is None


def test_a_missing_report_is_an_error_and_not_silence() -> None:
    with pytest.raises(ProcessError, match="loudness"):
        parse_summary("Conversion failed!")


def test_silence_is_left_alone() -> None:
    assert plan_leveling(None, target_lufs=-16, true_peak_dbtp=-1.5) == NO_LEVELING


def test_gain_takes_the_programme_to_its_target() -> None:
    plan = plan_leveling(measured(-20.2, -9.0), target_lufs=-16, true_peak_dbtp=-1.5)

    assert plan.gain_db == pytest.approx(4.2)
    assert plan.limit_dbtp is None


@pytest.mark.parametrize(("peak", "is_limited"), [(-6.5, False), (-6.4, True)])
def test_the_limiter_is_there_only_where_peaks_ask_for_it(peak: float, is_limited: bool) -> None:  # noqa: FBT001
    """Gain 4 dB; AAC is left 1 dB of room below -1.5: the limit is -2.5 dBTP."""
    plan = plan_leveling(measured(-20.0, peak), target_lufs=-16, true_peak_dbtp=-1.5)

    assert (plan.limit_dbtp == -2.5) is is_limited


def test_gain_has_a_bound() -> None:
    assert plan_leveling(measured(-90.0, -80.0), target_lufs=-16, true_peak_dbtp=-1.5).gain_db == MOST_GAIN_DB


@given(st.floats(-69.9, 10), st.floats(-80, 10))
def test_no_plan_lets_a_peak_through(integrated: float, peak: float) -> None:
    plan = plan_leveling(measured(integrated, peak), target_lufs=-16, true_peak_dbtp=-1.5)

    assert plan.limit_dbtp is not None or peak + plan.gain_db <= -2.5


def test_the_limiter_works_oversampled_and_gives_its_delay_back() -> None:
    names = [
        name for name, _ in plan_leveling(measured(-30, -3), target_lufs=-16, true_peak_dbtp=-1.5).filters
    ]
    options = dict(plan_leveling(measured(-30, -3), target_lufs=-16, true_peak_dbtp=-1.5).filters)["alimiter"]

    assert names == ["highpass", "volume", "aresample", "alimiter", "aresample"]
    assert options["latency"] == "1"
    assert options["level"] == "0"
    assert float(options["limit"]) == pytest.approx(10 ** (-2.5 / 20), abs=1e-6)
