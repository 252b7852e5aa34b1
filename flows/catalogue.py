"""The flow `catalogue`: all services of a workspace, one site.

As a deployment (see prefect.yaml), or here and now with a server of its own:
`python -m flows.catalogue [WORKSPACE]`.
"""

import sys
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from pydantic import BaseModel, ConfigDict, Field

from flows.desk import run_here
from flows.work import WAIT, WORKSPACE, build_and_publish


class CatalogueParameters(BaseModel):
    """What a run may be told; the form in Prefect's UI is made from it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    workspace: str = Field(default=".", min_length=1, description=WORKSPACE)
    services: tuple[str, ...] = Field(default=(), description="Only these services; empty: all.")
    at_once: int = Field(
        default=1, ge=1, le=16, description="Services in flight; one fills two processor cores."
    )
    wait_s: int = Field(default=3600, ge=0, description=WAIT)


ALL = CatalogueParameters()


@flow(name="catalogue", persist_result=False)
def catalogue(parameters: CatalogueParameters = ALL) -> State[Any]:
    """Build the services of a workspace; one that fails never stops the others. Publish the site once."""
    return build_and_publish(
        Path(parameters.workspace), parameters.services, at_once=parameters.at_once, wait_s=parameters.wait_s
    )


def main() -> int:
    """Run the flow for the workspace that the command line names, or for the one we are in."""
    workspace = sys.argv[1] if len(sys.argv) > 1 else "."
    return run_here(lambda: catalogue(CatalogueParameters(workspace=workspace, wait_s=0), return_state=True))


if __name__ == "__main__":
    sys.exit(main())
