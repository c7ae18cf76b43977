# SPDX-License-Identifier: Apache-2.0
"""What every topic script shares: where goldens go, what the manifest records, the reference's readers."""
import hashlib
import importlib.metadata
import json
import os
import platform
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "golden"
SLIDES = ROOT / "slides"
MANIFEST = GOLDEN / "manifest.json"

# The slides that carry a mask, locations, a map and detections: stem -> (where, path below that place).
MAP_SLIDES = {
    "blobs-jpeg": ("own", "blobs-jpeg.tif"),
    "c17-region-7-levels": ("shared", "slides/derived/c17-region-7-levels.tif"),
    "cmu-1-7-levels": ("shared", "slides/derived/cmu-1-7-levels.tif"),
}
MASK_SLIDES = {**MAP_SLIDES, "blobs-black-columns": ("own", "blobs-black-columns.tif")}
MASK_LEVEL = 6
PATCH = 224
BATCH = 16


def shared(path):
    """A file of the shared test data, by its path below MICROMET_TEST_DATA."""
    root = os.environ.get("MICROMET_TEST_DATA")
    if not root:
        sys.exit(f"MICROMET_TEST_DATA is not set, but this topic reads {path} below it.")
    file = Path(root) / path
    if not file.exists():
        sys.exit(f"{path} is missing below MICROMET_TEST_DATA ({root}).")
    return file


def slide_path(stem):
    where, path = MASK_SLIDES[stem]
    return SLIDES / path if where == "own" else shared(path)


def needs_shared(stem):
    return MASK_SLIDES[stem][0] == "shared"


def versions(also=()):
    import openslide

    names = ["numpy", "torch", "monai", "scikit-image", "scipy", "openslide-python", "openslide-bin", "tifffile",
             "imagecodecs", "pillow", *also]
    found = {"python": platform.python_version()}
    for name in names:
        found[name] = importlib.metadata.version(name)
    found["libopenslide"] = openslide.__library_version__
    return found


class Topic:
    """Collects the files that one script writes and, on success, replaces that script's lines in the manifest."""

    def __init__(self, name, folder=None, also=()):
        self.name = name
        self.also = also  # packages of this topic only, for the manifest
        self.folder = folder or GOLDEN / name
        self.files = []  # (path, needs shared data)
        self.script = Path(sys.argv[0]).resolve().relative_to(ROOT).as_posix()

    def path(self, file, needs_shared=False):
        at = self.folder / file
        at.parent.mkdir(parents=True, exist_ok=True)
        if (at, needs_shared) not in self.files:
            self.files.append((at, needs_shared))
        return at

    def array(self, file, values, needs_shared=False):
        np.save(self.path(file, needs_shared), np.ascontiguousarray(values))

    def json(self, file, value, needs_shared=False):
        text = json.dumps(value, indent=None, separators=(", ", ": "), allow_nan=False)
        self.path(file, needs_shared).write_text(one_item_a_line(value, text) + "\n", encoding="utf-8")

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            record(self)


def one_item_a_line(value, text):
    """Lists of records read and diff best with one record a line."""
    if isinstance(value, list) and len(value) > 1:
        return "[\n" + ",\n".join(json.dumps(item) for item in value) + "\n]"
    return text


def record(topic):
    lines = json.loads(MANIFEST.read_text("utf-8")) if MANIFEST.exists() else []
    made_with = versions(topic.also)
    new = []
    for at, needs in topic.files:
        new.append({
            "file": at.relative_to(ROOT).as_posix(),
            "sha256": hashlib.sha256(at.read_bytes()).hexdigest(),
            "script": topic.script,
            "command": f"conformance/regenerate.sh {topic.name}",
            "needsSharedData": needs,
            "versions": made_with,
        })
    names = {line["file"] for line in new}
    kept = [line for line in lines if line["file"] not in names
            and (line["script"] != topic.script or (ROOT / line["file"]).exists())]
    kept = [line for line in kept if (ROOT / line["file"]).exists()]
    MANIFEST.parent.mkdir(parents=True, exist_ok=True)
    ordered = sorted(kept + new, key=lambda line: line["file"])
    MANIFEST.write_text(one_item_a_line(ordered, json.dumps(ordered)) + "\n", encoding="utf-8")
    print(f"{topic.name}: {len(new)} files, {sum(at.stat().st_size for at, _ in topic.files)} bytes")


def splitmix64(x):
    x = np.asarray(x, dtype=np.uint64)
    with np.errstate(over="ignore"):
        z = x + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def numbers(values):
    """Plain Python floats: json prints each with the fewest digits that give the same double back."""
    return [float(v) for v in np.asarray(values).reshape(-1)]
