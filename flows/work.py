"""What both flows do: take the workspace, build services as tasks, publish once, leave no child behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from prefect import task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner

from ebrochure import build, report
from ebrochure.errors import EbrochureError
from ebrochure.ingest.folders import ServiceFolder
from ebrochure.ingest.workspace import read_settings
from ebrochure.lock import building
from ebrochure.media import process
from ebrochure.model.findings import Level
from ebrochure.model.manifest import Outcome
from ebrochure.store import Store
from ebrochure.workbench import Build
from flows.telling import RunLog

# Words of the forms in Prefect's UI that both flows share.
WORKSPACE = "Folder of ebrochure.yaml, as the worker sees it."
WAIT = "Seconds to wait for another build of this workspace."


@task(name="build a service", task_run_name="{folder.id}", cache_policy=NO_CACHE, persist_result=False)
def build_one(opened: Build, folder: ServiceFolder) -> State[build.BuiltService]:
    """Build one service. A second run finds in the store what a first one has finished.

    Material that cannot be used is no failure of the run, which trying again could mend: the task
    completes under a name of its own.
    """
    built = build.build_service(replace(opened, watcher=RunLog()), folder)
    if built.failed:
        reasons = "; ".join(str(item) for item in built.findings if item.level is Level.ERROR)
        return Completed(data=built, name="NotBuilt", message=f"{built.id} was not built: {reasons}")
    return Completed(data=built, message=f"{built.id} is ready")


@task(name="publish the site", task_run_name="publish", cache_policy=NO_CACHE, persist_result=False)
def publish(opened: Build, built: tuple[build.BuiltService, ...]) -> build.Result:
    """Switch the finished pages in, in one step."""
    return build.publish(opened, built)


def build_and_publish(workspace: Path, only: tuple[str, ...], *, at_once: int, wait_s: int) -> State[Any]:
    """Build services, `at_once` at a time, publish the site, and return the state the run ends in.

    Another build of the same workspace is waited for, `wait_s` seconds: both may have been queued.
    What a person can mend ends the run with that person's sentence, not with a traceback.
    """
    try:
        settings = read_settings(workspace)
        with building(settings.places.renders, wait_s=wait_s):
            opened = build.open_build(settings, RunLog())
            Store(opened.store_root).sweep()
            folders = build.chosen(settings, only)
            with _at_most(at_once) as runner, ending_children():
                futures = [runner.submit(build_one, {"opened": opened, "folder": item}) for item in folders]
                built = tuple(_built(future.result(raise_on_failure=False)) for future in futures)
            result = publish(opened, built)
    except EbrochureError as error:
        return Failed(data=error, message=str(error))
    _tabulate(result)
    return final_state(result)


@contextmanager
def ending_children() -> Iterator[None]:
    """End every child of this process when the work inside is cancelled, times out or fails.

    Prefect stops a run by an exception in the thread of the flow; it knows nothing of an ffmpeg that
    waits in the thread of a task.
    """
    process.allow_starts()  # a run before this one in the same process may have been cancelled
    try:
        yield
    except BaseException:
        process.end_all()
        raise


def final_state(result: build.Result) -> State[Any]:
    """Return `Completed` where a site was published, with a name of its own where services are missing."""
    failed = [item.id for item in result.services if item.status is Outcome.FAILED]
    if result.site is None:
        nothing = EbrochureError(f"nothing was published\n{report.to_text(result.services)}")
        return Failed(data=nothing, message=str(nothing))  # Prefect takes only an error for a failure's data
    if failed:
        message = f"published to {result.site}, without: {', '.join(failed)}"
        return Completed(data=result, name="SomeNotBuilt", message=message)
    return Completed(data=result, message=f"published to {result.site}")


def _at_most(at_once: int) -> ThreadPoolTaskRunner[State[build.BuiltService]]:
    """Return a runner for one run's tasks: a parameter bounds it, which no decorator could know."""
    return ThreadPoolTaskRunner(max_workers=at_once)


def _built(outcome: object) -> build.BuiltService:
    """Return what a task has built; raise what stopped it, which concerns more than its own service."""
    if isinstance(outcome, BaseException):
        raise outcome
    if not isinstance(outcome, build.BuiltService):
        message = f"expected a built service, got {type(outcome).__name__}"
        raise TypeError(message)
    return outcome


def _tabulate(result: build.Result) -> None:
    """Leave a table in Prefect's UI: a row a finding, a row for a service about which there are none."""
    rows = [
        {"service": item.id, "status": item.status.value, "finding": finding}
        for item in result.services
        for finding in [str(finding) for finding in item.findings] or [""]
    ]
    create_table_artifact(key="brochures", table=rows, description=f"Site: {result.site or 'not published'}")
