#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_events.py FILE_OR_FOLDER...: what TensorBoard itself reads from event files.

Prints every tag with its steps and values (of images: their sizes), first of each file alone, checksums verified, then of
each folder as TensorBoard shows it, with all its files together. Ends with 1 if a file holds nothing or is damaged.
"""
import struct
import sys
from pathlib import Path

from tensorboard.backend.event_processing import event_accumulator
from tensorboard.compat.tensorflow_stub import errors
from tensorboard.compat.tensorflow_stub.pywrap_tensorflow import PyRecordReader_New
from tensorboard.util import tensor_util


def values(accumulator):
    for tag in accumulator.Tags()["images"]:
        yield tag, [(e.step, f"{e.width}x{e.height} PNG" if e.encoded_image_string[1:4] == b"PNG" else "?")
                    for e in accumulator.Images(tag)]
    for tag in accumulator.Tags()["scalars"]:
        yield tag, [(e.step, e.value) for e in accumulator.Scalars(tag)]
    for tag in accumulator.Tags()["tensors"]:
        found = []
        for e in accumulator.Tensors(tag):
            array = tensor_util.make_ndarray(e.tensor_proto)
            if array.dtype == object:  # an image: width, height, PNG bytes
                width, height = struct.unpack(">II", array[2][16:24])
                found.append((e.step, f"{width}x{height} PNG" if array[2][1:4] == b"PNG" else "not a PNG"))
            else:
                found.append((e.step, float(array)))
        yield tag, found


def count(file):
    """Whole records with right checksums, and what stopped the reading before the end."""
    reader, whole = PyRecordReader_New(str(file)), 0
    try:
        while True:
            reader.GetNext()
            whole += 1
    except errors.OutOfRangeError:
        return whole, ""
    except errors.DataLossError as e:
        return whole, e.message


def show(where):
    accumulator = event_accumulator.EventAccumulator(str(where), size_guidance={name: 0 for name in (
        event_accumulator.SCALARS, event_accumulator.IMAGES, event_accumulator.TENSORS)})
    accumulator.Reload()
    for tag, found in values(accumulator):
        shown = found if len(found) <= 8 else found[:4] + ["..."] + found[-4:]
        print(f"  {tag} ({len(found)}): " + ", ".join(s if s == "..." else f"{s[0]}: {s[1]}" for s in shown))


def main(arguments):
    files, folders = [], []
    for path in map(Path, arguments):
        if path.is_dir():
            folders.append(path)
            files += sorted(path.glob("*tfevents*"))
        else:
            files.append(path)
    good = bool(files)
    for file in files:
        records, damage = count(file)
        print(f"{file.name}: {records} records" + (f", then damage: {damage}" if damage else ""))
        good &= records > 0 and not damage
        show(file)
    for folder in folders:
        print(f"{folder} together:")
        show(folder)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
