# Sourced by scripts that run an example with a program from outside npm.

# skip WHY : ends the script without a failure; CI repeats why.
skip() {
  printf 'skipped: %s\n0 passed, 0 failed, 1 skipped\n' "$1"
  exit 0
}

# need COMMAND : installs the Debian package of that name where the command is missing; where that cannot be done, skips.
need() {
  command -v "$1" >/dev/null && return
  command -v apt-get >/dev/null || skip "there is no $1, and no apt-get to install it"
  [ "$(id -u)" -eq 0 ] || skip "there is no $1; as root this script installs it"
  # None of them starts a server of its own accord: ours have their own ports and folders.
  { DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "$1"; } >/dev/null ||
    skip "$1 could not be installed"
}
