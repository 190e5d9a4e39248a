#!/usr/bin/env bash
# install-example.sh NAME FOLDER: copies examples/NAME to FOLDER and installs it there as a user would.
exec bash "$(dirname "$0")/install-packed.sh" "examples/$1" "$2"
