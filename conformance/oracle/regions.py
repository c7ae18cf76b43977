# SPDX-License-Identifier: Apache-2.0
"""Regions of every slide, as libopenslide 4 reads them (alpha dropped, so black outside) and, where it cannot, tifffile.

Origins are in level-0 pixels and whole multiples of the level's downsample in both axes: between two pixels readers may
round as they like. Levels narrower or lower than one tile come from tifffile, because libopenslide 3.4.1, the one most
hosts have, garbles them; version 4 is checked to agree. Identical pictures are stored once.
"""
import hashlib
import io

import numpy as np
import openslide
import pydicom
import tifffile
from PIL import Image

from common import SLIDES, Topic, shared

OPENSLIDE = "openslide " + openslide.__library_version__
LOSSY = {6, 7, 33003, 33005, 34712}  # TIFF: old and new JPEG, Aperio's and registered JPEG 2000
DICOM_LOSSLESS = {"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.4.90"}
EXTENSIONS = {".tif", ".tiff", ".svs", ".ndpi", ".dcm"}
NOT_RGB = {"ome-subifd-uint16.ome.tif"}  # three uint16 channels: a slide reader must refuse it


class Level:
    def __init__(self, index, width, height, downsample, tile, page):
        self.index, self.width, self.height, self.downsample = index, width, height, downsample
        self.tile, self.page, self.pixels = tile, page, None

    def below_a_tile(self):
        return self.width < self.tile[0] or self.height < self.tile[1]

    def crop(self, column, row, width, height):
        """The level's pixels by tifffile, black outside."""
        if self.pixels is None:
            page = self.page.asarray().reshape(self.height, self.width, -1) if self.page.planarconfig == 1 else \
                np.moveaxis(self.page.asarray(), 0, -1)
            self.pixels = np.repeat(page, 3, axis=2) if page.shape[2] == 1 else page[..., :3]
        out = np.zeros((height, width, 3), np.uint8)
        top, left = max(row, 0), max(column, 0)
        part = self.pixels[top:max(row + height, 0), left:max(column + width, 0)]
        out[top - row:top - row + part.shape[0], left - column:left - column + part.shape[1]] = part
        return out


def tiff_levels(path):
    """The levels as the file stores them: OME SubIFDs, or the directories that share level 0's layout."""
    tiff = tifffile.TiffFile(path)
    pages = list(tiff.series[0].levels) if tiff.is_ome else None
    pages = [level.keyframe for level in pages] if pages else [tiff.pages[i] for i in range(len(tiff.pages))]
    if not tiff.is_ome:
        pages = pages[:1] + [p for p in pages[1:] if p.is_tiled and p.is_reduced and p.photometric == pages[0].photometric]
    w0, h0 = pages[0].imagewidth, pages[0].imagelength
    levels = []
    for page in sorted(pages, key=lambda p: -p.imagewidth):
        w, h = page.imagewidth, page.imagelength
        tile = (page.tilewidth, page.tilelength) if page.is_tiled else (256, page.rowsperstrip)
        levels.append(Level(len(levels), w, h, (w0 / w + h0 / h) / 2, tile, page))
    return levels


def openslide_levels(slide, stored):
    levels = []
    for i, (w, h) in enumerate(slide.level_dimensions):
        tile = (int(slide.properties.get(f"openslide.level[{i}].tile-width", 256)),
                int(slide.properties.get(f"openslide.level[{i}].tile-height", 256)))
        page = next((s.page for s in stored if (s.width, s.height) == (w, h)), None)
        levels.append(Level(i, w, h, slide.level_downsamples[i], tile, page))
    return levels


def aligned(level, wanted):
    """The level column (or row) nearest to `wanted` that sits exactly on a level-0 pixel, and that pixel."""
    for distance in range(0, abs(wanted) + 1):
        for k in (wanted + distance, wanted - distance):
            origin = round(k * level.downsample)
            if origin / level.downsample == k:
                return k, origin
    return 0, 0


def wanted_regions(level, rng):
    """column, row, width, height in level pixels: inside, over tile edges, over all four borders, outside."""
    w, h = level.width, level.height
    tw, th = level.tile

    def inside(width, height):
        return int(rng.randint(0, max(1, w - width))), int(rng.randint(0, max(1, h - height))), min(width, w), min(height, h)

    corners = [(-24, -16, 72, 64), (w - 50, h - 40, 80, 72), (w - 40, -9, 64, 64), (-13, h - 50, 64, 67)]
    if level.below_a_tile():
        return [(0, 0, min(w + 9, 120), min(h + 5, 100)), (-7, -3, min(w, 57) + 7, min(h, 61) + 3)]
    over_edges = [(max(0, tw * (w // tw // 2) - 40), max(0, th * (h // th // 2) - 30), 88, 72)] if h > th and w > tw else []
    if level.index == 0:
        return [inside(96, 80), inside(64, 100), *over_edges, (max(0, tw - 48), 5, 96, 64), *corners, (w + 5, h // 2, 64, 64)]
    strips = []
    if level.downsample != round(level.downsample):  # hardly an origin but 0 is exact: reach over the tile edges from there
        strips = [(0, 0, min(w + 7, tw + 60), 12), (0, 0, 12, min(h + 7, th + 60))]
    return [inside(80, 72), *over_edges, corners[0], corners[1], *strips]


def encode(pixels):
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", optimize=True)
    return out.getvalue()


class Recorder:
    def __init__(self, topic):
        self.topic, self.known = topic, {}

    def png(self, stem, number, pixels, needs):
        digest = hashlib.sha256(pixels.tobytes() + repr(pixels.shape).encode()).digest()
        if digest not in self.known:
            name = f"{stem}-{number}.png"
            self.topic.path(name, needs).write_bytes(encode(pixels))
            self.known[digest] = f"regions/{name}"
        return self.known[digest]


def lossless(path, stored):
    if path.suffix == ".dcm":
        return str(pydicom.dcmread(path, stop_before_pixels=True).file_meta.TransferSyntaxUID) in DICOM_LOSSLESS
    # A container that tifffile does not open as levels (NDPI) stores JPEG.
    return bool(stored) and all(int(level.page.compression) not in LOSSY for level in stored)


def regions_of(path, stem, recorder, needs):
    stored = tiff_levels(path) if path.suffix in {".tif", ".tiff", ".svs"} else []
    exact = lossless(path, stored)
    try:
        slide = openslide.OpenSlide(path)
        levels = openslide_levels(slide, stored)
    except openslide.OpenSlideError:
        slide, levels = None, []
    levels += [level for level in stored if level.index >= len(levels)]
    rng = np.random.RandomState(505)
    entries, seen = [], set()
    for level in levels:
        wanted = wanted_regions(level, rng)
        if path.name.startswith("codec-"):
            wanted.append((0, 0, level.width, level.height))
        for column, row, width, height in wanted:
            (k, x0), (j, y0) = aligned(level, column), aligned(level, row)
            if (level.index, x0, y0, width, height) in seen:
                continue
            seen.add((level.index, x0, y0, width, height))
            by_openslide = slide is not None and level.index < slide.level_count
            use_tifffile = level.page is not None and (not by_openslide or level.below_a_tile())
            if by_openslide:
                pixels = np.asarray(slide.read_region((x0, y0), level.index, (width, height)).convert("RGB"))
            if use_tifffile:
                stored_pixels = level.crop(k, j, width, height)
                if by_openslide and not np.array_equal(pixels, stored_pixels):
                    print(f"  {stem} level {level.index}: {OPENSLIDE} and tifffile differ at {x0},{y0}")
                pixels = stored_pixels
            entries.append({
                "x0": x0, "y0": y0, "level": level.index, "width": width, "height": height,
                "png": recorder.png(stem, len(entries), pixels, needs),
                "reader": "tifffile" if use_tifffile else OPENSLIDE, "lossless": exact})
    return entries


def main():
    root = shared("slides")
    files = [(p, True) for folder in (root, root / "derived") for p in sorted(folder.iterdir())
             if p.suffix in EXTENSIONS and p.name not in NOT_RGB]
    files += [(p, False) for p in sorted(SLIDES.glob("*.tif"))]
    with Topic("regions") as topic:
        recorder = Recorder(topic)
        for path, needs in sorted(files, key=lambda f: f[1]):
            stem = path.name[:-len(path.suffix)]
            if any(name == f"{stem}.json" for name in (at.name for at, _ in topic.files)):
                raise SystemExit(f"two slides are called {stem}")
            entries = regions_of(path, stem, recorder, needs)
            where = path.relative_to(root.parent).as_posix() if needs else f"conformance/slides/{path.name}"
            topic.json(f"{stem}.json", [{"slide": where, **entry} for entry in entries], needs)
            print(f"  {stem}: {len(entries)} regions, {len({e['level'] for e in entries})} levels")


if __name__ == "__main__":
    main()
