# Shared by the scripts in this folder: where the project is, and how they speak.
# Source it; it runs nothing.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
deps="$root/.deps"

# Node modules of Debian's Emscripten (acorn) are not on the path of another vendor's node.
export NODE_PATH="/usr/share/nodejs${NODE_PATH:+:$NODE_PATH}"
export PATH="$root/node_modules/.bin:$PATH"

say() { printf '%s: %s\n' "${0##*/}" "$*"; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# step NAME COMMAND...: runs the command and prints how many seconds it took. A command that fails
# ends the script, and the last words say in which step.
running=""
step() {
  local name=$1 start=$SECONDS
  shift
  say "$name"
  running=$name
  "$@"
  running=""
  say "$name: $((SECONDS - start)) s"
}
trap '[[ -z "$running" ]] || say "$running FAILED" >&2' EXIT

# The text after '#:' at the head of the calling script is its help.
show_help() { sed -n 's/^#: \{0,1\}//p' "$0"; }

# fingerprint FILE...: one hash over the contents of the files.
fingerprint() { cat "$@" | sha256sum | cut -d' ' -f1; }

# The version, which is written in CMakeLists.txt alone.
version() { sed -n 's/^project(initscope VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt"; }

as_root() {
  if [[ $(id -u) -eq 0 ]]; then "$@"; else sudo "$@"; fi
}

# The address of the Debian mirror that this system's apt takes packages from.
debian_mirror() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    grep -E '/debian/?$' | head -n 1 | grep . || die "found no Debian mirror in this system's apt sources"
}
