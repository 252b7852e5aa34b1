"""The whole of Prefect once: a real server, deployments, a worker; one run publishes, one is cancelled."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import signal
import socket
import subprocess  # noqa: TID251  server and worker live beside the test; the product's door waits for its children
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from tests.fixtures.tiny_workspace import make_workspace

pytestmark = [pytest.mark.server, pytest.mark.timeout(900)]

REPOSITORY = Path(__file__).parents[2]
SLOW_S = 240
"""How long one step may take on a machine that does much else."""


@contextlib.contextmanager
def running(*arguments: str, env: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Prefect command beside the test; end it with all its children."""
    with log.open("wb") as stream:
        child = subprocess.Popen(
            [sys.executable, "-m", "prefect", *arguments],
            env=env,
            cwd=REPOSITORY,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield child
    finally:
        for number, wait_s in ((signal.SIGTERM, 20), (signal.SIGKILL, 20)):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(wait_s)


def prefect(*arguments: str, env: Mapping[str, str]) -> str:
    """Run a Prefect command to its end, with nobody there to answer; return what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "prefect", *arguments],
        env=env,
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=SLOW_S,
        check=False,
    )
    said = done.stdout.decode()
    assert done.returncode == 0, said
    return said


def prefect_at_a_terminal(*arguments: str, env: Mapping[str, str]) -> str:
    """Run a Prefect command at a terminal where nobody types: a question would wait for ever."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "prefect", *arguments],
        env=env,
        cwd=REPOSITORY,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    said = bytearray()
    try:
        with contextlib.suppress(OSError):  # Linux's way to say that the other side has hung up
            while block := os.read(ours, 4096):
                said += block
        assert child.wait(SLOW_S) == 0, said.decode()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        os.close(ours)
    return said.decode()


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def ask(address: str, body: object = None) -> Any:  # noqa: ANN401  what JSON holds
    """Ask the server's API, with no proxy in between; a body is posted."""
    method = "GET" if body is None else "POST"
    answer = httpx.request(method, address, json=body, timeout=60, trust_env=False)
    return answer.raise_for_status().json()


def wait_until_healthy(api: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers."""
    until_s = time.monotonic() + SLOW_S
    while time.monotonic() < until_s:
        assert server.poll() is None, log.read_text(encoding="utf-8")
        with contextlib.suppress(httpx.HTTPError):
            ask(f"{api}/health")
            return
        time.sleep(0.5)
    pytest.fail(f"no answer from the server within {SLOW_S} s:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Start a server with a work pool; yield the environment of those who talk to it."""
    home = tmp_path_factory.mktemp("office")
    port = free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")} | {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "EBROCHURE_DIRECTORY": str(REPOSITORY),
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
        "COLUMNS": "200",
    }
    log = home / "server.log"
    with running("server", "start", "--host", "127.0.0.1", "--port", str(port), env=env, log=log) as server:
        wait_until_healthy(env["PREFECT_API_URL"], server, log)
        prefect("work-pool", "create", "--type", "process", "ebrochure", env=env)
        yield env


def test_deploy_all_asks_nothing_at_a_terminal(office: dict[str, str]) -> None:
    said = prefect_at_a_terminal("deploy", "--all", env=office)
    assert "catalogue/catalogue" in said
    assert "brochure/brochure" in said
    assert "[y/n]" not in said


def test_deployed_catalogue_publishes_the_site_through_a_worker(
    office: dict[str, str], tmp_path: Path
) -> None:
    workspace = make_workspace(tmp_path / "workspace", good=("good",), bad=("bad",))
    said = prefect("--no-prompt", "deploy", "--all", env=office)
    assert "catalogue/catalogue" in said
    log = tmp_path / "worker.log"
    parameters = json.dumps({"parameters": {"workspace": str(workspace)}})
    with running("worker", "start", "--pool", "ebrochure", "--type", "process", env=office, log=log):
        try:
            prefect("deployment", "run", "catalogue/catalogue", "--params", parameters, "--watch", env=office)
        except (AssertionError, subprocess.TimeoutExpired) as error:
            pytest.fail(f"{error}\nthe worker said:\n{log.read_text(encoding='utf-8')}")
    site = workspace / "renders" / "site"
    assert (site / "index.html").is_file()
    assert (site / "good" / "index.html").is_file()
    assert not (site / "bad").exists()


def test_cancelled_run_leaves_no_child_behind(office: dict[str, str], tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "workspace", seconds=180)
    api = office["PREFECT_API_URL"]
    prefect("--no-prompt", "deploy", "--all", env=office)
    deployment = ask(f"{api}/deployments/name/catalogue/catalogue")["id"]
    given = {"parameters": {"parameters": {"workspace": str(workspace)}}}
    log = tmp_path / "worker.log"
    with running("worker", "start", "--pool", "ebrochure", "--type", "process", env=office, log=log):
        run = f"{api}/flow_runs/" + ask(f"{api}/deployments/{deployment}/create_flow_run", given)["id"]
        wait_for(lambda: ffmpegs_in(workspace), log)
        ask(f"{run}/set_state", {"state": {"type": "CANCELLING"}})
        wait_for(lambda: ask(run)["state"]["type"] == "CANCELLED", log)
        wait_for(lambda: not ffmpegs_in(workspace), log)
    assert not (workspace / "renders" / "site").exists()


def ffmpegs_in(workspace: Path) -> list[psutil.Process]:
    """Return the encoders that work on files of `workspace`."""
    found = psutil.process_iter(["name", "cmdline"])
    return [
        item
        for item in found
        if "ffmpeg" in item.info["name"]
        and any(str(workspace) in word for word in item.info["cmdline"] or ())
    ]


def wait_for(condition: Callable[[], object], log: Path) -> None:
    """Wait until `condition` holds."""
    until_s = time.monotonic() + SLOW_S
    while not condition():
        if time.monotonic() > until_s:
            pytest.fail(f"waited {SLOW_S} s; the worker said:\n{log.read_text(encoding='utf-8')}")
        time.sleep(0.2)
