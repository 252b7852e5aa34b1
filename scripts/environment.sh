# What demo, test and check share: one Python environment in .venv and plain words about it. Sourced, never run.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
environment=${EBROCHURE_VENV:-$root/.venv}
python=$environment/bin/python

say() { printf '%s\n' "$*" >&2; }

# fail SENTENCE [HINT]: end in a clear sentence.
fail() {
    say "$1"
    if [ $# -gt 1 ]; then say "  hint: $2"; fi
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

can_apt() { [ "$(id -u)" = 0 ] && has apt-get; }

# apt_install WHY PACKAGE...: say it, then do it. Only ever called where can_apt holds.
apt_install() {
    local why=$1
    shift
    say "Installing $* with apt-get: $why"
    if [ -z "${apt_is_fresh:-}" ]; then
        apt-get update -qq </dev/null >&2 || say "apt-get could not refresh its lists; trying with those at hand."
        apt_is_fresh=yes
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null 2>&1
}

# find_python: print the first Python that is new enough.
find_python() {
    local candidate
    for candidate in ${EBROCHURE_PYTHON:+"$EBROCHURE_PYTHON"} python3 python3.13 python3.12 python3.11 python3.14; do
        if has "$candidate" && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    fail "No Python 3.11 or newer was found." \
        "install one (Debian 12, Ubuntu 24.04: \`apt install python3 python3-venv\`) or name it: EBROCHURE_PYTHON=/path/to/python3.12"
}

# make_environment: an empty virtual environment, where there is none that works.
make_environment() {
    if [ -x "$python" ] && "$python" -m pip --version >/dev/null 2>&1; then return; fi
    local base package
    base=$(find_python) || exit 1
    if ! "$base" -c 'import ensurepip, venv' 2>/dev/null; then
        package=$("$base" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        can_apt || fail "$base cannot make virtual environments: Debian and Ubuntu keep that part in a package of its own." \
            "run \`sudo apt install $package\`, then this again"
        apt_install "$base cannot make virtual environments without it." "$package" ||
            fail "apt-get could not install $package." "run \`apt-get install $package\` to see why"
    fi
    say "Making a Python environment in $environment (with $base)."
    "$base" -m venv --clear "$environment" || fail "No environment could be made in $environment." "is the disk full, or the folder not ours?"
}

# environment_digest: what an installation depends on, so that a second run installs nothing.
environment_digest() {
    {
        printf '%s\n' "$root"
        cat "$root/pyproject.toml" "$root/constraints.txt"
    } | sha256sum | cut -c 1-32
}

# install_project run|dev: the project and what it needs (to test it as well) into the environment, unless it is there.
install_project() {
    local purpose=$1 extras="" digest stamp log
    make_environment
    digest=$(environment_digest)
    stamp=$environment/.ebrochure-$purpose-$digest
    if [ "$purpose" = dev ]; then extras="[dev]"; fi
    if [ -e "$stamp" ] || [ -e "$environment/.ebrochure-dev-$digest" ]; then return; fi
    log=$environment/install.log
    if compgen -G "$environment/.ebrochure-*" >/dev/null; then
        say "What the project needs has changed: bringing $environment up to date. Log: $log"
    else
        say "Installing ebrochure and its libraries into $environment."
        say "  About 3 GB on disk, more where pip finds only the torch for graphics cards (0.3 to 3 GB to download);"
        say "  a few minutes, once. Everything goes into that folder; delete it to be rid of it. Log: $log"
    fi
    rm -f "$environment"/.ebrochure-*
    if ! (cd "$root" && "$python" -m pip install --no-input --progress-bar off -c constraints.txt -e ".$extras") \
        </dev/null 2>&1 | tee "$log" | awk '/Downloading .*[MG]B\)/ { print "  " $1, $2, $3, $4; fflush() }' >&2; then
        say "----"
        tail -n 15 "$log" >&2
        fail "pip could not install what the project needs; its last lines are above, all of them in $log." \
            "is there a network, or a package folder that pip knows of? Then run this again: it goes on where it stopped"
    fi
    : >"$stamp"
    say "Installed."
}
