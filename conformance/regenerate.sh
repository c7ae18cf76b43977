#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# regenerate.sh [TOPIC...]: runs the reference and writes conformance/golden/TOPIC and its lines in golden/manifest.json.
# Without a topic: all of them. MICROMET_ORACLE_PYTHON names an interpreter that has the requirements; otherwise .venv is made.
# MICROMET_TEST_DATA is the shared test data; without it, what needs it is left as it is.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
all=(slides saturation otsu mask locations sliding nms logits map regions labels stat froc challenge augment samples training checkpoint events)

scripts_of() {
  case $1 in
    slides) echo make_slides.py ;;
    training | checkpoint | saturation | otsu | mask | sliding | nms | logits | regions | labels | froc | challenge | augment | events) echo "$1.py" ;;
    locations) echo ratios.py locations.py ;;
    map) echo maps.py ;;
    samples) echo samples.py ;;
    stat) echo scores.py ;;
    *)
      echo "regenerate.sh: no topic $1; there are: ${all[*]}" >&2
      return 2
      ;;
  esac
}

for topic in "$@"; do scripts_of "$topic" >/dev/null; done

python=${MICROMET_ORACLE_PYTHON:-}
if [ -z "$python" ]; then
  python=$here/.venv/bin/python
  if ! "$python" -c "import monai, torch, skimage, openslide" 2>/dev/null; then
    python3 -m venv "$here/.venv"
    "$python" -m pip install --quiet -r "$here/requirements.txt"
    "$python" -m pip install --quiet --no-deps -r "$here/requirements-nodeps.txt"
  fi
fi

export PYTHONWARNINGS=ignore PYTHONDONTWRITEBYTECODE=1
for topic in "${@:-${all[@]}}"; do
  if [[ $topic =~ ^(regions|labels)$ ]] && [ -z "${MICROMET_TEST_DATA:-}" ]; then
    echo "$topic: left as it is, MICROMET_TEST_DATA is not set"
    continue
  fi
  if [ "$topic" = challenge ] && [ -z "${MICROMET_CHALLENGE_SCRIPT:-}" ]; then
    echo "$topic: left as it is, MICROMET_CHALLENGE_SCRIPT is not set (see oracle/challenge.py)"
    continue
  fi
  if [ "$topic" = checkpoint ] && [ ! -e "$here/../micromet-core/target/conformance/formula.pt" ]; then
    echo "checkpoint: left as it is, WriterTest has not written its files yet"
    continue
  fi
  for script in $(scripts_of "$topic"); do
    echo "== $topic ($script)"
    "$python" "$here/oracle/$script"
  done
done
