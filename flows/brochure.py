"""The flow `brochure`: one service of a workspace, published beside the others.

As a deployment (see prefect.yaml), or here and now with a server of its own:
`python -m flows.brochure SERVICE [WORKSPACE]`.
"""

import sys
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from pydantic import BaseModel, ConfigDict, Field

from flows.desk import run_here
from flows.work import WAIT, WORKSPACE, build_and_publish


class BrochureParameters(BaseModel):
    """What a run must be told; the form in Prefect's UI is made from it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    service: str = Field(min_length=1, description="Name of the service's folder.")
    workspace: str = Field(default=".", min_length=1, description=WORKSPACE)
    wait_s: int = Field(default=3600, ge=0, description=WAIT)


@flow(name="brochure", flow_run_name="{parameters.service}", persist_result=False)
def brochure(parameters: BrochureParameters) -> State[Any]:
    """Build one service and publish the site with it; all other pages stay as they are."""
    return build_and_publish(
        Path(parameters.workspace), (parameters.service,), at_once=1, wait_s=parameters.wait_s
    )


def main() -> int:
    """Run the flow for the service and the workspace that the command line names."""
    if len(sys.argv) not in {2, 3}:
        sys.exit("usage: python -m flows.brochure SERVICE [WORKSPACE]")
    parameters = BrochureParameters(service=sys.argv[1], workspace=(*sys.argv[2:], ".")[0], wait_s=0)
    return run_here(lambda: brochure(parameters, return_state=True))


if __name__ == "__main__":
    sys.exit(main())
