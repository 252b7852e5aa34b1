"""Which engine listens, and which weights are let in."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from pathlib import Path

import pytest

from ebrochure.errors import MaterialError, SettingsError
from ebrochure.model.findings import Level
from ebrochure.settings import SpeechSettings
from ebrochure.transcribe.checkpoint import require_trusted
from ebrochure.transcribe.choose import choose_engine
from ebrochure.transcribe.models import CONVERTED_FILES, CONVERTED_MODELS, WHISPER_MODELS, cost_of, said_cost

PLAIN = b"\x80\x02}q\x00X\x04\x00\x00\x00dimsq\x01}q\x02s."
"""Pickle of ``{"dims": {}}``."""

ORDERED = b"\x80\x02ccollections\nOrderedDict\n)R."
SYSTEM = b"\x80\x02cposix\nsystem\nX\x04\x00\x00\x00true\x85R."
STACKED = b"\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x04true\x85R."
RENAMED = (
    b"\x80\x04\x8c\x05posix\x94\x8c\x06system\x94\x8c\x05torch\x8c\x0cFloatStorage00"
    b"h\x00h\x01\x93\x8c\x04true\x85R."
)
"""Names `torch.FloatStorage` last before the call, but takes `posix.system` from the memo."""


def checkpoint(path: Path, pickled: bytes) -> Path:
    """Write an archive as `torch.save` does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{path.stem}/data.pkl", pickled)
        archive.writestr(f"{path.stem}/data/0", bytes(64))
    return path


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "whisper"


def test_auto_without_weights_listens_offline_and_says_so_plainly() -> None:
    choice = choose_engine(SpeechSettings())

    assert choice.name == "offline"
    assert [(item.code, item.level) for item in choice.findings] == [("ENGINE_OFFLINE", Level.INFO)]
    assert "`base`" in str(choice.findings[0])
    assert "145 MB" in str(choice.findings[0])


def test_auto_with_weights_in_the_cache_listens_with_whisper(cache: Path) -> None:
    checkpoint(cache / "base.pt", ORDERED)

    choice = choose_engine(SpeechSettings())

    assert choice.name == "whisper:base"
    assert choice.findings == ()


def test_auto_may_fetch_weights_when_told_so_and_says_it() -> None:
    choice = choose_engine(SpeechSettings(whisper_download=True))

    assert choice.name == "whisper:base"
    assert [item.code for item in choice.findings] == ["WHISPER_DOWNLOAD"]


def test_a_checkpoint_of_ones_own_is_known_by_its_content(tmp_path: Path) -> None:
    path = checkpoint(tmp_path / "ours.pt", ORDERED)
    first = choose_engine(SpeechSettings(whisper_model=str(path)))
    checkpoint(path, PLAIN)
    second = choose_engine(SpeechSettings(whisper_model=str(path)))

    assert first.name == second.name == "whisper:ours"
    assert first.identity != second.identity


def test_whisper_asked_for_by_name_is_never_replaced_in_silence() -> None:
    with pytest.raises(SettingsError) as refused:
        choose_engine(SpeechSettings(engine="whisper"))

    finding = refused.value.findings[0]
    assert finding.code == "WHISPER_UNAVAILABLE"
    assert "base.pt" in (finding.hint or "")


def test_an_unknown_engine_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="`offline`"):
        choose_engine(SpeechSettings(engine="sphinx"))


def test_offline_asked_for_needs_no_explanation() -> None:
    assert choose_engine(SpeechSettings(engine="offline")).findings == ()


def test_our_names_of_models_are_whispers_own() -> None:
    spec = importlib.util.find_spec("whisper")
    assert spec is not None
    source = Path(spec.origin or "").read_text(encoding="utf-8")

    for name, file in WHISPER_MODELS.items():
        assert f'"{name}": "https://' in source
        assert f"/{file}" in source
        assert cost_of(name).megabytes > 50


def test_our_names_of_converted_models_are_faster_whispers_own() -> None:
    spec = importlib.util.find_spec("faster_whisper")
    if spec is None:
        pytest.skip("faster-whisper is not installed: pip install 'ebrochure[faster]'")
    source = (Path(spec.origin or "").parent / "utils.py").read_text(encoding="utf-8")

    for name, repository in CONVERTED_MODELS.items():
        assert f'"{name}": "{repository}"' in source


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("small", "10 min of speech, about 3 min of processor time"),
        ("tiny.en", "10 min of speech, about 42 s of processor time"),
        ("large-v3", "10 min of speech"),
    ],
)
def test_a_long_run_is_announced_with_what_was_measured_and_no_more(model: str, said: str) -> None:
    assert said_cost(cost_of(model), 600_000) == said


def converted(folder: Path) -> Path:
    """Make a folder that looks complete."""
    folder.mkdir(parents=True)
    for name in (*CONVERTED_FILES, "vocabulary.json"):
        (folder / name).write_text("{}")
    return folder


def test_faster_whisper_takes_a_folder_and_is_known_by_its_weights(tmp_path: Path) -> None:
    pytest.importorskip("ctranslate2")
    folder = converted(tmp_path / "ours")
    first = choose_engine(SpeechSettings("faster-whisper", str(folder)))
    (folder / "model.bin").write_text("other")
    second = choose_engine(SpeechSettings("faster-whisper", str(folder)))

    assert first.name == "faster-whisper:ours"
    assert first.identity != second.identity


def test_faster_whisper_finds_a_named_model_where_its_library_keeps_it(cache: Path) -> None:
    pytest.importorskip("ctranslate2")
    hub = cache.parent / "huggingface" / "hub"
    with pytest.raises(SettingsError, match="is not on this machine"):
        choose_engine(SpeechSettings("faster-whisper", "small"))
    converted(hub / "models--Systran--faster-whisper-small" / "snapshots" / "0af3")

    assert choose_engine(SpeechSettings("faster-whisper", "small")).name == "faster-whisper:small"
    # Whisper's own weights are not there, these are: who says `auto` gets them.
    assert choose_engine(SpeechSettings("auto", "small")).name == "faster-whisper:small"


def test_a_folder_that_lacks_a_file_is_refused_and_nothing_is_fetched_in_its_place(tmp_path: Path) -> None:
    pytest.importorskip("ctranslate2")
    (converted(tmp_path / "ours") / "tokenizer.json").unlink()

    with pytest.raises(SettingsError) as refused:
        choose_engine(SpeechSettings("faster-whisper", str(tmp_path / "ours"), whisper_download=True))

    assert "tokenizer.json" in (refused.value.findings[0].hint or "")


def test_a_download_is_announced_with_size_place_and_speed(cache: Path) -> None:
    choice = choose_engine(SpeechSettings("whisper", "small", whisper_download=True))

    said = choice.findings[0].message
    assert "484 MB" in said
    assert f"`{cache}`" in said
    assert "19 s of processor time for a minute of speech" in said


@pytest.mark.parametrize("pickled", [PLAIN, ORDERED])
def test_plain_weights_are_let_in(pickled: bytes, tmp_path: Path) -> None:
    require_trusted(checkpoint(tmp_path / "model.pt", pickled))


@pytest.mark.parametrize("pickled", [SYSTEM, STACKED, RENAMED], ids=["global", "stacked", "hidden"])
def test_a_checkpoint_that_would_run_something_is_refused(pickled: bytes, tmp_path: Path) -> None:
    path = checkpoint(tmp_path / "model.pt", pickled)

    with pytest.raises(MaterialError) as refused:
        choose_engine(SpeechSettings(engine="whisper", whisper_model=str(path)))

    assert refused.value.findings[0].code == "MODEL_UNTRUSTED"


@pytest.mark.parametrize(
    "content", [SYSTEM, b"", b"PK\x03\x04garbage"], ids=["bare pickle", "empty", "torn archive"]
)
def test_a_file_that_is_no_archive_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "model.pt"
    path.write_bytes(content)

    with pytest.raises(MaterialError, match="was not loaded"):
        require_trusted(path)


def test_an_archive_with_two_pickles_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a/data.pkl", PLAIN)
        archive.writestr("b/data.pkl", SYSTEM)
    path = tmp_path / "model.pt"
    path.write_bytes(buffer.getvalue())

    with pytest.raises(MaterialError, match="found 2"):
        require_trusted(path)
