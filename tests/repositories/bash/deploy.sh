#!/usr/bin/env bash
source ./lib/common.sh
# <- reference call
#      ^ import ./lib/common.sh
. "$HOME/.shop/env"
# ^ import $HOME/.shop/env
#   ^ reference read

VERSION=1.2
# <- definition variable
readonly TARGET="prod"
#        ^ definition variable
export LIMIT=10
#      ^ definition variable

log() {
# <- definition function
  local text="$1"
  #     ^ reference write
  echo "$text not_a_name"
  #           ^ nothing
  COUNT=2
}

function deploy {
#        ^ definition function
  for host in a b; do
    log "$host" "${VERSION:-none}"
  done
}

deploy "$@"
