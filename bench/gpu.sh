#!/bin/bash
# Measures WebGPU on a machine with a graphics card and without a network.
#
#   bench/gpu.sh pack OUT.tar           here: Deno, the code and its packages
#   tar xf OUT.tar && bench/gpu.sh run [--software] [--small]     there
#
# `run` takes at most 8 minutes. A step that fails or takes too long is a row
# that says so. It writes bench/gpu.json and bench/GPU.md. PYTHON names the
# interpreter that has PyTorch, python3 by default; where the Vulkan loader does
# not find the driver, name its file in VK_DRIVER_FILES.
set -euo pipefail
cd "$(dirname "$0")/.."

TESTS="batch_norm convolve mat_mul max_pool rmsprop"

pack() {
  local out deno
  out=$(realpath -m "$1")
  deno=$(deno eval 'console.log(Deno.execPath())')
  WORK=$(mktemp -d)
  trap 'rm -rf "$WORK"' EXIT
  mkdir -p "$WORK/.deno"
  git ls-files -z --cached --others --exclude-standard -- \
    bench/gpu bench/gpu.sh bench/peers/network_torch.py lib presets \
    tests/backend tests/backends.ts tests/fixtures/backend deno.json deno.lock |
    xargs -0 cp --parents -t "$WORK"
  # Only what these modules need, in a cache of its own.
  (
    cd "$WORK"
    DENO_DIR="$WORK/.deno/cache" "$deno" cache --quiet --frozen \
      bench/gpu/*.ts lib/shap/explain_worker.ts lib/workers/pool_worker.ts \
      $(printf 'tests/backend/%s_test.ts ' $TESTS)
    find .deno/cache -type f \( -name '*.map' -o -name '*.d.ts' \
      -o -name '*_test.js' \
      -o -path '*/npm/*' -name '*.md' \) -delete
    # Locked packages that no step loads: their folders alone must be there.
    rm -rf .deno/cache/npm/*/{binaryen,assemblyscript,h5wasm}/*/* \
      .deno/cache/npm/*/@tensorflow/{tfjs,tfjs-converter,tfjs-data}/*/*
    rm -rf .deno/cache/gen .deno/cache/*_cache_v* .deno/cache/*.db*
    tar cf - .deno/cache | gzip >.deno/cache.tar.gz
    rm -rf .deno/cache
  )
  gzip -c "$deno" >"$WORK/.deno/deno.gz"
  # A driver may come without the library that finds it.
  local loader
  loader=$(find_loader)
  [ -z "$loader" ] || cp -L "$loader" "$WORK/.deno/"
  tar cf "$out" -C "$WORK" .
  ls -l "$out"
}

# Prints the path of the Vulkan loader, if the machine has one.
find_loader() {
  PATH="$PATH:/sbin" ldconfig -p |
    awk '$1 == "libvulkan.so.1" && !found++ { print $NF }' || true
}

# step NAME SECONDS COMMAND...: adds a row with the last line that it prints.
step() {
  local name=$1 limit=$2 status=0 line
  shift 2
  timeout "$limit" "$@" >"$WORK/out" 2>"$WORK/err" || status=$?
  line=$(tail -n 1 "$WORK/out")
  if [ $status = 0 ] && [ "${line:0:1}" = "{" ]; then
    echo "{\"step\":\"$name\",\"result\":$line}" >>"$WORK/rows"
  else
    [ $status = 124 ] && line="took more than $limit s" ||
      line=$(cat "$WORK/out" "$WORK/err" | tr -d '"\\\033' | tr '\t' ' ' |
        grep -m 1 -iE 'error|cannot|failed|no module' | cut -c 1-200 || true)
    echo "{\"step\":\"$name\",\"failure\":\"exit status $status: $line\"}" \
      >>"$WORK/rows"
  fi
  tail -n 1 "$WORK/rows" | cut -c 1-200
}

run() {
  local software=no small=no
  for flag in "$@"; do
    case $flag in
      --software) software=yes ;;
      --small) small=yes ;;
      *) echo "Cannot run: there is no flag $flag" >&2 && exit 2 ;;
    esac
  done
  WORK=$(mktemp -d)
  trap 'rm -rf "$WORK"' EXIT
  export NO_COLOR=1 XDG_RUNTIME_DIR=$WORK CI=1
  DENO=deno
  if [ -d .deno ]; then
    gzip -dc .deno/deno.gz >"$WORK/deno" && chmod +x "$WORK/deno"
    tar xf .deno/cache.tar.gz -C "$WORK"
    DENO=$WORK/deno
    export DENO_DIR=$WORK/.deno/cache
    if [ -z "$(find_loader)" ]; then
      export LD_LIBRARY_PATH=$PWD/.deno${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    fi
  fi
  measure() { # NAME SECONDS TASK
    step "$1" "$2" "$DENO" run -A --cached-only --no-check bench/gpu/measure.ts "$3"
  }
  peer() {
    step "$1" "$2" env PYTHONPATH=bench/peers "${PYTHON:-python3}" bench/gpu/torch_peer.py "$3"
  }
  measure adapter 20 '{"what":"adapter"}'
  if ! grep -q '"software":false' "$WORK/rows" && [ $software = no ]; then
    echo "Cannot measure: no hardware adapter; to try the script: --software" >&2
    exit 1
  fi
  # Its last line is no JSON: the status counts.
  step "kernel tests" 60 bash -c "'$DENO' test -A --cached-only --no-check \
    --quiet $(printf 'tests/backend/%s_test.ts ' $TESTS) && echo '{}'"
  local sides="100 146" size='"width":1,"hidden":512,"batch":128'
  local trained=1024 explained=8 draws=200
  if [ $small = yes ]; then
    sides=16 size='"width":0.0625,"hidden":16,"batch":8'
    trained=16 explained=1 draws=8
  fi
  local side train explain
  for side in $sides; do
    train="\"what\":\"train\",\"side\":$side,$size,\"samples\":$trained"
    explain="\"what\":\"explain\",\"side\":$side,$size"
    explain="$explain,\"samples\":$explained,\"draws\":$draws"
    measure "train ${side}x$side, WebGPU" 40 "{$train,\"backend\":\"webgpu\"}"
    peer "train ${side}x$side, PyTorch" 45 "{$train}"
    measure "explain ${side}x$side, WebGPU" 45 "{$explain,\"backend\":\"webgpu\"}"
    peer "explain ${side}x$side, PyTorch" 30 "{$explain}"
  done
  side=${sides%% *}
  train="\"what\":\"train\",\"side\":$side,$size,\"samples\":$((trained / 8))"
  measure "train ${side}x$side, an eighth of the samples, WebAssembly" 40 \
    "{$train,\"backend\":\"wasm\"}"
  measure "profile ${side}x$side" 30 \
    "{\"what\":\"profile\",\"backend\":\"webgpu\",\"side\":$side,$size,\"samples\":1}"
  "$DENO" run -A --cached-only --no-check bench/gpu/page.ts \
    "$WORK/rows" bench/gpu.json bench/GPU.md
}

case ${1:-} in
  pack) pack "$2" ;;
  run) shift && run "$@" ;;
  *) sed -n '2,10p' "$0" && exit 2 ;;
esac
