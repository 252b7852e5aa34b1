"""Scripts without spaces, from right to left, and of wide signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.caption.cues import cues_from_segments
from ebrochure.caption.measure import onset_errors
from ebrochure.caption.phrases import phrases
from ebrochure.model.captions import CaptionProfile, Cue
from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Segment, Word, WordSource
from ebrochure.model.writing import joined, needs_space, text_width

PROFILE = CaptionProfile()
JAPANESE = (
    "リモートアクセスを使うと、会社が管理するどの端末からでも、ファイルやメールや社内のすべてのアプリケーションを利用できます。"
    "自宅でも、ホテルでも、「電車の中」でも、インターネットにさえつながれば使えます。"
)
CHINESE = (
    "请在星期五之前更改您的密码，然后联系服务台，我们的同事会在一个工作日之内给您回电话，并帮助您完成设置。"
)
THAI = "กรุณาเปลี่ยนรหัสผ่านของคุณก่อนวันศุกร์แล้วติดต่อฝ่ายบริการของเราที่ชั้นล่างของอาคารสำนักงานใหญ่"
KHMER = "សូមផ្លាស់ប្តូរពាក្យសម្ងាត់របស់អ្នកមុនថ្ងៃសុក្រហើយទាក់ទងផ្នែកសេវាកម្មរបស់យើងនៅជាន់ផ្ទាល់ដីនៃអគារធំ"
ARABIC = "يُرجى تغيير كلمة المرور قبل يوم الجمعة، ثم اتصلوا بمكتب الخدمة. هل لديكم أسئلة؟ نحن هنا لمساعدتكم."
FORBIDDEN_FIRST, FORBIDDEN_LAST = "、。，」）ーっょ", "「（"


def as_script(text: str, *, sign_ms: int = 150) -> Segment:
    """Return `text` as a sentence of a script: one word for each stretch without white space."""
    words, now_ms = [], 500
    for token in text.split():
        words.append(Word(token, TimeRange(now_ms, now_ms + sign_ms * len(token)), 1.0, WordSource.SCRIPT))
        now_ms = words[-1].time.end_ms
    return Segment(tuple(words))


def as_heard(text: str, *, step: int = 2, sign_ms: int = 150) -> Segment:
    """Return `text` as an engine hears it: a word every few signs, wherever that may be."""
    parts = [text[at : at + step] for at in range(0, len(text), step)]
    return Segment(
        tuple(
            Word(part, TimeRange(at * step * sign_ms, (at + 1) * step * sign_ms), 0.9)
            for at, part in enumerate(parts)
        )
    )


def captions(segment: Segment, language: str) -> tuple[Cue, ...]:
    return cues_from_segments((segment,), PROFILE, language=language)


@pytest.mark.parametrize(
    ("text", "language"),
    [(JAPANESE, "ja"), (CHINESE, "zh-Hans"), (CHINESE, "zh-TW"), (THAI, "th"), (KHMER, "km")],
    ids=["ja", "zh-Hans", "zh-TW", "th", "km"],
)
@pytest.mark.parametrize("say", [as_script, as_heard])
def test_text_without_spaces_stays_so_and_fits_its_lines(text: str, language: str, say: object) -> None:
    assert callable(say)
    cues = captions(say(text), language)
    assert "".join(cue.text for cue in cues) == text
    lines = [line for cue in cues for line in cue.lines]
    assert len(lines) > 1
    assert max(map(text_width, lines)) <= PROFILE.line_chars
    assert not [line for line in lines if line[0] in FORBIDDEN_FIRST or line[-1] in FORBIDDEN_LAST]


def test_a_line_holds_eighteen_wide_signs() -> None:
    assert max(len(line) for cue in captions(as_heard(JAPANESE), "ja") for line in cue.lines) <= 18


def test_japanese_is_broken_between_phrases() -> None:
    assert phrases("パスワードをWindowsのVPNで変更してください。", language="ja") == (
        "パスワードを",
        "Windowsの",
        "VPNで",
        "変更してください。",
    )


@pytest.mark.parametrize("language", ["ja", "zh", "th", "km", "en"])
@given(
    text=st.text(st.sampled_from("今日は「良い」天気です。ァー々（、Ab7กำเแ័ក្ខ…・"), min_size=1, max_size=40)
)
def test_phrases_are_the_text_again_and_keep_kinsoku(language: str, text: str) -> None:
    found = phrases(text, language=language)
    assert "".join(found) == text
    assert all(part[0] not in FORBIDDEN_FIRST and part[0] != "้" for part in found[1:])
    assert all(part[-1] not in FORBIDDEN_LAST for part in found[:-1])


def test_a_latin_word_in_japanese_is_never_torn() -> None:
    text = "この画面ではAuthenticationConfigurationManagerを開いてからもう一度だけ試してください。"
    lines = [line for cue in captions(as_script(text), "ja") for line in cue.lines]
    assert any("AuthenticationConfigurationManager" in line for line in lines)


def test_the_spaces_of_a_script_are_kept_and_those_of_an_engine_are_none() -> None:
    assert captions(as_script("使用 Windows 登录"), "zh")[0].text == "使用 Windows 登录"
    assert captions(as_script("第一 第二"), "zh")[0].text == "第一 第二"
    assert captions(as_heard("第一第二"), "zh")[0].text == "第一第二"
    assert joined(("第一", "第二")) == "第一第二"
    assert joined(("안녕", "하세요")) == "안녕 하세요"
    assert not needs_space("。", "次")


def test_the_time_of_a_caption_inside_a_word_is_its_part_of_the_word() -> None:
    cues = captions(as_script(JAPANESE), "ja")
    words = as_script(JAPANESE).words
    errors = [error for error in onset_errors(cues, words) if error is not None]
    assert len(errors) == len(cues) > 2
    assert max(map(abs, errors)) <= 500


def test_text_from_right_to_left_keeps_its_order_and_its_marks_take_no_room() -> None:
    cues = captions(as_script(ARABIC, sign_ms=80), "ar")
    assert " ".join(cue.text for cue in cues) == ARABIC
    assert [cue.text for cue in cues if cue.text.endswith(("؟", "."))]
    assert text_width("يُرجى") == 4
    assert text_width("שָׁלוֹם") == 4


def test_korean_has_spaces_and_wide_signs() -> None:
    text = "금요일까지 비밀번호를 변경하신 다음 서비스 데스크로 연락해 주시면 도와 드리겠습니다."
    cues = captions(as_script(text), "ko")
    assert " ".join(cue.text for cue in cues) == text
    assert max(text_width(line) for cue in cues for line in cue.lines) <= PROFILE.line_chars
