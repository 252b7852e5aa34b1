# How Prefect is run by our scripts: on this machine only, telling nobody, leaving nothing in the home folder. Sourced.
# shellcheck shell=bash

# own_prefect FOLDER: settings for a Prefect that lives in FOLDER and starts a server of its own.
own_prefect() {
    mkdir -p "$1"
    unset PREFECT_API_URL PREFECT_API_KEY PREFECT_PROFILE
    export PREFECT_HOME=$1
    export PREFECT_SERVER_ALLOW_EPHEMERAL_MODE=true
    # Under load the server needs far longer than the 20 s that Prefect allows it.
    export PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS=120
    # DO_NOT_TRACK alone does not stop the server's call home, which prints an error on a closed network.
    export PREFECT_SERVER_ANALYTICS_ENABLED=false DO_NOT_TRACK=1
    # A proxy that is good for the world would also be asked for the server on this machine.
    export NO_PROXY="127.0.0.1,localhost${NO_PROXY:+,$NO_PROXY}"
    export no_proxy="127.0.0.1,localhost${no_proxy:+,$no_proxy}"
}
