# SPDX-License-Identifier: Apache-2.0
"""Times aligned 512 x 512 reads of a TIFF's level 0: libopenslide (raw calls into a buffer), cuCIM, FastSlide.

  read_regions.py SLIDE [--reads 400] [--threads 1 2] [--rounds 3] [--readers openslide cucim fastslide] [--seed 7]

Every round opens a new handle (an empty tile cache) and reads distinct tiles in a seeded random order, shared out to the
threads. One JSON line for each reader, thread count and round: clock and CPU milliseconds a read. A reader that cannot be
imported or disagrees with libopenslide by more than 2 grey levels on average gives a line that says so.
"""
import argparse
import ctypes
import json
import sys
import threading
import time
from importlib import metadata
from pathlib import Path

import numpy as np

SIZE = 512


class Openslide:
    name, package = "openslide", "openslide-bin"

    def __init__(self, path):
        import openslide
        from openslide import lowlevel

        self.version = openslide.__library_version__
        self.slide = openslide.OpenSlide(path)
        self.size = self.slide.dimensions
        self.call, self.local = lowlevel._read_region, threading.local()

    def read(self, x, y):
        if not hasattr(self.local, "buffer"):
            self.local.buffer = np.empty((SIZE, SIZE, 4), np.uint8)
        at = self.local.buffer.ctypes.data_as(ctypes.POINTER(ctypes.c_uint32))
        self.call(self.slide._osr, at, x, y, 0, SIZE, SIZE)
        return self.local.buffer  # B, G, R, A

    def rgb(self, x, y):
        return self.read(x, y)[..., 2::-1].copy()

    def close(self):
        self.slide.close()


class Cucim:
    name, package = "cucim", "cucim-cu12"

    def __init__(self, path):
        from cucim import CuImage

        self.version = metadata.version(self.package)
        self.slide = CuImage(str(path))

    def read(self, x, y):
        return np.asarray(self.slide.read_region((x, y), (SIZE, SIZE), level=0))

    rgb = read

    def close(self):
        self.slide.close()


class FastSlide:
    name, package = "fastslide", "fastslide"

    def __init__(self, path):
        import fastslide

        self.version = metadata.version(self.package)
        self.slide = fastslide.FastSlide.from_file_path(str(path))

    def read(self, x, y):
        return self.slide.read_region((x, y), 0, (SIZE, SIZE)).numpy()

    def rgb(self, x, y):
        return self.read(x, y)[..., :3]

    def close(self):
        self.slide.close()


READERS = {reader.name: reader for reader in (Openslide, Cucim, FastSlide)}


def tiles_of(path, reads, seed):
    slide = Openslide(path)
    width, height = slide.size
    slide.close()
    tiles = [(x, y) for y in range(0, height - SIZE + 1, SIZE) for x in range(0, width - SIZE + 1, SIZE)]
    np.random.RandomState(seed).shuffle(tiles)
    return tiles[:reads]


def difference(path, reader, tiles):
    truth, other = Openslide(path), reader(path)
    worst = max(float(np.abs(truth.rgb(*at).astype(int) - other.rgb(*at)).mean()) for at in tiles[:5])
    truth.close()
    other.close()
    return worst


def timed(path, reader, tiles, threads):
    failures = []

    def work(handle, part):
        try:
            for at in part:
                handle.read(*at)
        except Exception as problem:  # reported by the caller; a thread must not die silently
            failures.append(problem)

    cpu, wall = time.process_time(), time.perf_counter()
    handle = reader(path)
    workers = [threading.Thread(target=work, args=(handle, tiles[i::threads])) for i in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    version = handle.version
    handle.close()
    if failures:
        raise failures[0]
    return version, wall, cpu


def report(path, name, tiles, options):
    reader = READERS[name]
    line = {"reader": name, "slide": path.name, "tile": SIZE}
    try:
        worst = difference(path, reader, tiles)
    except Exception as problem:
        print(json.dumps({**line, "error": f"{type(problem).__name__}: {problem}"}), flush=True)
        return
    if worst > 2:
        print(json.dumps({**line, "error": f"differs from libopenslide by {worst:.2f} grey levels on average"}), flush=True)
        return
    for threads in options.threads:
        for number in range(options.rounds):
            version, wall, cpu = timed(path, reader, tiles, threads)
            print(json.dumps({
                **line, "version": version, "threads": threads, "round": number, "reads": len(tiles),
                "wallMillisPerRead": round(wall / len(tiles) * 1000, 4), "cpuMillisPerRead": round(cpu / len(tiles) * 1000, 4),
                "differenceFromOpenslide": round(worst, 4)}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("slide", type=Path)
    parser.add_argument("--reads", type=int, default=400)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--readers", nargs="+", choices=sorted(READERS), default=list(READERS))
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    tiles = tiles_of(options.slide, options.reads, options.seed)
    if not tiles:
        sys.exit(f"{options.slide}: level 0 holds no whole tile of {SIZE} pixels.")
    for name in options.readers:
        report(options.slide, name, tiles, options)


if __name__ == "__main__":
    main()
