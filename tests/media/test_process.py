"""Children: fed, heard, bounded, and never left behind."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ebrochure.errors import Interrupted, MissingToolError, ProcessError
from ebrochure.media import process
from ebrochure.media.process import Limits, allow_starts, end_all, run, started

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.alone

SOON_S = 1.0
"""What people who press Ctrl-C will wait."""


def is_running(pid: int) -> bool:
    """Tell whether a process lives; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def has_ended(pid: int, within_s: float = SOON_S) -> bool:
    until_s = time.monotonic() + within_s
    while time.monotonic() < until_s:
        if not is_running(pid):
            return True
        time.sleep(0.01)
    return False


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def sleeper(note: Path) -> tuple[str, ...]:
    """Return a command that notes its own number and its child's and then sleeps."""
    return ("sh", "-c", f"sleep 60 & echo $$ $! > {note}.new; mv {note}.new {note}; wait")


def noted(note: Path) -> list[int]:
    until_s = time.monotonic() + 10
    while not note.exists() and time.monotonic() < until_s:
        time.sleep(0.01)
    return [int(item) for item in note.read_text().split()]


@pytest.fixture
def starts_allowed() -> Iterator[None]:
    yield
    allow_starts()


def test_what_a_child_says_is_returned() -> None:
    done = run(("sh", "-c", "echo out; echo err >&2"), timeout_s=10)

    assert done.stdout == b"out\n"
    assert done.stderr == "err\n"


def test_input_larger_than_every_pipe_comes_through_unchanged() -> None:
    pieces = [bytes([number]) * 1_000_003 for number in range(20)]

    done = run(("cat",), timeout_s=30, stdin=iter(pieces))

    assert done.stdout == b"".join(pieces)


def test_an_empty_piece_does_not_end_the_input() -> None:
    assert run(("cat",), timeout_s=10, stdin=iter([b"a", b"", b"b"])).stdout == b"ab"


def test_a_child_that_reads_only_a_part_is_no_failure() -> None:
    done = run(("head", "-c", "3"), timeout_s=10, stdin=(b"abcdef" * 100_000 for _ in range(100)))

    assert done.stdout == b"abc"


def test_an_error_in_the_input_ends_the_child_and_is_told(tmp_path: Path) -> None:
    note = tmp_path / "note"

    def food() -> Iterator[bytes]:
        yield b"x"
        noted(note)
        raise KeyError("no more frames")

    with pytest.raises(KeyError, match="no more frames"):
        run(("sh", "-c", f"echo $$ > {note}; cat > /dev/null; sleep 60"), timeout_s=60, stdin=food())

    assert has_ended(noted(note)[0])


def test_lines_are_heard_as_they_come() -> None:
    heard: list[tuple[str, float]] = []
    run(
        ("sh", "-c", "echo one; sleep 0.5; echo two"),
        timeout_s=10,
        on_line=lambda line: heard.append((line, time.monotonic())),
    )

    assert [line for line, _ in heard] == ["one", "two"]
    assert heard[1][1] - heard[0][1] > 0.3


def test_a_failure_tells_the_code_and_the_last_words() -> None:
    with pytest.raises(ProcessError, match=r"`sh` failed with code 3: .*no such thing") as caught:
        run(("sh", "-c", "echo no such thing >&2; exit 3"), timeout_s=10)

    assert caught.value.stderr == "no such thing\n"


def test_only_the_end_of_a_long_complaint_is_kept() -> None:
    code = "import sys; sys.stderr.write('x' * 1_000_000 + 'end'); sys.exit(1)"
    with pytest.raises(ProcessError) as caught:
        run(python(code), timeout_s=10)

    assert len(caught.value.stderr) == 64_000
    assert caught.value.stderr.endswith("end")


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(MissingToolError, match="`no-such-program`"):
        run(("no-such-program",), timeout_s=10)


def test_a_deadline_is_kept_and_the_whole_group_ends(tmp_path: Path) -> None:
    start_s = time.monotonic()
    with pytest.raises(ProcessError, match="was ended after 1 s"):
        run(sleeper(tmp_path / "note"), timeout_s=1)

    assert time.monotonic() - start_s < 2
    assert all(has_ended(pid) for pid in noted(tmp_path / "note"))


def test_a_stopped_child_does_not_outlive_its_deadline(tmp_path: Path) -> None:
    note = tmp_path / "note"
    with pytest.raises(ProcessError, match="was ended"):
        run(("sh", "-c", f"echo $$ > {note}; kill -STOP $$"), timeout_s=0.5)

    assert has_ended(noted(note)[0])


def test_a_grandchild_that_keeps_a_pipe_open_keeps_nobody_waiting() -> None:
    start_s = time.monotonic()
    run(("sh", "-c", "sleep 60 & echo done"), timeout_s=30)

    assert time.monotonic() - start_s < 2


def test_a_child_may_not_take_more_memory_than_it_is_given() -> None:
    bounds = Limits(memory_bytes=300_000_000)
    with pytest.raises(ProcessError, match="MemoryError"):
        run(python("x = bytearray(500_000_000)"), timeout_s=20, limits=bounds)

    assert run(python("x = bytearray(50_000_000)"), timeout_s=20, limits=bounds).stdout == b""


def test_a_child_may_not_take_more_processor_time_than_it_is_given() -> None:
    with pytest.raises(ProcessError, match="ended by signal"):
        run(python("while True: pass"), timeout_s=20, limits=Limits(cpu_s=1))


def test_a_child_may_not_write_a_larger_file_than_it_is_given(tmp_path: Path) -> None:
    code = f"open({str(tmp_path / 'big')!r}, 'wb').write(bytes(100_000))"
    with pytest.raises(ProcessError, match="File too large"):
        run(python(code), timeout_s=20, limits=Limits(file_bytes=10_000))

    assert (tmp_path / "big").stat().st_size <= 10_000


def test_an_exception_of_the_listener_ends_the_child(tmp_path: Path) -> None:
    note = tmp_path / "note"

    def hear(_line: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(("sh", "-c", f"echo $$ > {note}; echo x; sleep 60"), timeout_s=60, on_line=hear)

    assert has_ended(noted(note)[0])


@pytest.fixture
def ctrl_c_heard() -> Iterator[None]:
    """Hear Ctrl-C as usual, even where the tests run in the background of a shell, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c_heard")
def test_ctrl_c_ends_the_child_and_its_children_within_a_second(tmp_path: Path) -> None:
    note = tmp_path / "note"

    def press() -> None:
        noted(note)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press).start()
    with pytest.raises(KeyboardInterrupt):
        run(sleeper(note), timeout_s=60)

    assert all(has_ended(pid) for pid in noted(note))


@pytest.mark.usefixtures("starts_allowed")
def test_end_all_ends_the_children_of_every_thread(tmp_path: Path) -> None:
    errors: list[BaseException] = []

    def work(note: Path) -> None:
        try:
            run(sleeper(note), timeout_s=60)
        except Interrupted as error:
            errors.append(error)

    notes = [tmp_path / str(number) for number in range(3)]
    threads = [threading.Thread(target=work, args=(note,)) for note in notes]
    for thread in threads:
        thread.start()
    children = [pid for note in notes for pid in noted(note)]
    end_all()
    for thread in threads:
        thread.join(SOON_S)

    assert len(errors) == 3
    assert all(has_ended(pid) for pid in children)


@pytest.mark.usefixtures("starts_allowed")
def test_after_end_all_nothing_starts_until_it_is_allowed() -> None:
    end_all()
    with pytest.raises(Interrupted):
        run(("true",), timeout_s=10)
    allow_starts()

    assert run(("true",), timeout_s=10).stdout == b""


def test_started_counts_each_child_once() -> None:
    before = started()
    run(("true",), timeout_s=10)
    run(("true",), timeout_s=10)

    assert started() == before + 2


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_killed_parent_takes_its_child_along(tmp_path: Path) -> None:
    note = tmp_path / "note"
    parent = tmp_path / "parent"
    work = (
        f"import os, pathlib; pathlib.Path({str(parent)!r}).write_text(str(os.getpid()));"
        "from ebrochure.media.process import run;"
        f"run(('sh', '-c', 'echo $$ > {note}.new; mv {note}.new {note}; exec sleep 60'), timeout_s=60)"
    )

    def kill() -> None:
        noted(note)
        os.kill(int(parent.read_text()), signal.SIGKILL)

    threading.Thread(target=kill).start()
    with pytest.raises(ProcessError, match="signal 9"):
        run(python(work), timeout_s=60)

    assert has_ended(noted(note)[0])


@pytest.mark.usefixtures("ctrl_c_heard")
def test_ctrl_c_while_a_child_is_being_started_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "note"
    begun = threading.Event()
    fork = process._Family._fork

    def slow(*args: object, **kwargs: object) -> object:
        begun.set()
        time.sleep(0.3)
        return fork(*args, **kwargs)

    monkeypatch.setattr(process._Family, "_fork", slow)

    def press() -> None:
        begun.wait()
        os.kill(os.getpid(), signal.SIGINT)

    before = started()
    threading.Thread(target=press).start()
    with pytest.raises(KeyboardInterrupt):
        run(sleeper(note), timeout_s=60)
    until_s = time.monotonic() + SOON_S
    while (started() == before or process._family.members) and time.monotonic() < until_s:
        time.sleep(0.01)

    assert started() == before + 1
    assert not process._family.members


def test_a_forked_copy_of_us_starts_children_of_its_own(tmp_path: Path) -> None:
    code = (
        "import os, sys\n"
        "from ebrochure.media.process import run, started\n"
        "run(('true',), timeout_s=10)\n"
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    assert started() == 0\n"
        f"    run(('touch', {str(tmp_path / 'made')!r}), timeout_s=10)\n"
        "    os._exit(0)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\n"
    )
    run((sys.executable, "-W", "ignore::DeprecationWarning", "-c", code), timeout_s=30)

    assert (tmp_path / "made").exists()


def test_no_child_is_remembered_after_its_end() -> None:
    run(("true",), timeout_s=10)

    assert not process._family.members
