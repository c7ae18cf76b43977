# SPDX-License-Identifier: Apache-2.0
"""docs/images/real-maps.png: the three real probability maps with the truth's outlines and what was found.

    MICROMET_TEST_DATA=/path/to/data conformance/.venv/bin/python conformance/oracle/real_maps_picture.py

Each slide twice: all that fired, and 2 mm around its largest lesion. Labels and detections are MONAI's, as in golden/froc/real.json.
"""
import json

import numpy as np
from monai.apps.pathology.utils import compute_multi_instance_mask
from PIL import Image, ImageDraw, ImageFont
from scipy import ndimage

from common import GOLDEN, ROOT, shared

CELL_UM = 0.243 * 32
WHOLE, PART = 520, 520  # pixels of a panel
SIDE = 260  # cells of the part around the largest lesion, 2 mm
FOUND, MISSED, ITC, FALSE = (0, 150, 60), (215, 30, 30), (125, 125, 125), (90, 60, 200)


def paint(prob):
    """White to dark orange; no colour of the outlines."""
    stops = np.array([[255, 255, 255], [255, 225, 150], [250, 160, 50], [150, 70, 0]], float)
    at = np.clip(prob, 0, 1) * (len(stops) - 1)
    low = np.minimum(at.astype(int), len(stops) - 2)
    return (stops[low] + (stops[low + 1] - stops[low]) * (at - low)[..., None]).astype(np.uint8)


def shrink(prob, size):
    """The highest probability of each picture pixel, so that a single hot cell stays to be seen."""
    k = max(1, int(np.ceil(max(prob.shape) / size)))
    rows, columns = -(-prob.shape[0] // k), -(-prob.shape[1] // k)
    padded = np.zeros((rows * k, columns * k))
    padded[:prob.shape[0], :prob.shape[1]] = prob
    return padded.reshape(rows, k, columns, k).max((1, 3)), 1 / k


def around(where, shape, room):
    rows, columns = np.nonzero(where)
    return (max(0, rows.min() - room), max(0, columns.min() - room), min(shape[0], rows.max() + room),
            min(shape[1], columns.max() + room))


def panel(prob, labels, colours, detections, box, size):
    top, left, bottom, right = box
    part = prob[top:bottom, left:right]
    if max(part.shape) >= size:
        small, scale = shrink(part, size)
    else:
        scale = size // max(part.shape)
        small = part.repeat(scale, 0).repeat(scale, 1)
    image = Image.fromarray(paint(small))
    draw = ImageDraw.Draw(image)
    for label, where in enumerate(ndimage.find_objects(labels), 1):
        y0, x0, y1, x1 = where[0].start - top, where[1].start - left, where[0].stop - top, where[1].stop - left
        grow = 4 if scale < 1 else 0
        draw.rectangle([x0 * scale - grow, y0 * scale - grow, x1 * scale + grow, y1 * scale + grow], outline=colours[label], width=2)
        if scale >= 1:
            inside = np.zeros(part.shape, bool)
            shown = (labels[top:bottom, left:right] == label)
            inside[:shown.shape[0], :shown.shape[1]] = shown
            big = inside.repeat(int(scale), 0).repeat(int(scale), 1)
            edge = big & ~ndimage.binary_erosion(big)
            pixels = np.asarray(image).copy()
            pixels[edge] = colours[label]
            image.paste(Image.fromarray(pixels))
            draw = ImageDraw.Draw(image)
    for y, x, hit in detections:
        if top <= y < bottom and left <= x < right:
            cx, cy, r = (x - left + 0.5) * scale, (y - top + 0.5) * scale, 2 if scale < 1 else 4
            draw.ellipse([cx - r, cy - r, cx + r, cy + r], outline=hit, width=1 if scale < 1 else 2)
    return image, scale


def main():
    font = ImageFont.load_default(15)
    golden = json.loads((GOLDEN / "froc" / "real.json").read_text("utf-8"))
    sheet = Image.new("RGB", (WHOLE + PART + 60, 3 * 600 + 70), "white")
    draw = ImageDraw.Draw(sheet)
    y = 10
    for slide in golden["slides"]:
        name = slide["slide"]
        truth = (np.asarray(Image.open(shared(f"maps/{name}_truth.jpg"))) >= 128).astype(np.uint8)
        prob = np.minimum(np.asarray(Image.open(shared(f"maps/{name}_probability.jpg"))).astype(float) / 200, 1)
        labels = compute_multi_instance_mask(truth, 75 / (2 * CELL_UM))
        colours = {i: ITC if i in slide["itc"] else FOUND if tp > 0 else MISSED for i, tp in enumerate(slide["tp"], 1)}
        points = [(r // 32, c // 32) for _, r, c in slide["detections"]]
        marks = [(r, c, FALSE if labels[r, c] == 0 else FOUND) for r, c in points]
        whole, _ = panel(prob, labels, colours, marks, around(np.maximum(prob > 0.25, labels > 0), prob.shape, 20), WHOLE)
        largest = 1 + np.argmax(np.bincount(labels.ravel())[1:])
        cy, cx = (int(v) for v in ndimage.center_of_mass(labels == largest))
        box = (max(0, cy - SIDE // 2), max(0, cx - SIDE // 2), cy + SIDE // 2, cx + SIDE // 2)
        part, _ = panel(prob, labels, colours, marks, box, PART)
        hits = sum(tp > 0 for tp in slide["tp"])
        draw.text((10, y), f"{name}: {hits} of {slide['targets']} lesions found, {len(slide['itc'])} ITC not counted, "
                  f"{len(slide['fp'])} false positives", "black", font)
        sheet.paste(whole, (10, y + 24))
        sheet.paste(part, (WHOLE + 40, y + 24))
        draw.rectangle([WHOLE + 39, y + 23, WHOLE + 40 + part.width, y + 24 + part.height], outline=(200, 200, 200))
        draw.rectangle([9, y + 23, 10 + whole.width, y + 24 + whole.height], outline=(200, 200, 200))
        y += 24 + max(whole.height, part.height) + 16
    x = 10
    for colour, word in [(FOUND, "lesion found, detection on it"), (MISSED, "lesion missed"), (ITC, "isolated tumour cells"),
                         (FALSE, "false positive"), ((250, 160, 50), "probability")]:
        draw.rectangle([x, y, x + 14, y + 14], outline=colour, width=3)
        draw.text((x + 20, y - 1), word, "black", font)
        x += 40 + int(draw.textlength(word, font))
    sheet.crop((0, 0, sheet.width, y + 26)).quantize(128).save(ROOT.parent / "docs" / "images" / "real-maps.png", optimize=True)


if __name__ == "__main__":
    main()
