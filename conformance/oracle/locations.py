# SPDX-License-Identifier: Apache-2.0
"""Windows of MaskedPatchWSIDataset on whole slides, in its order: mask row, mask column, level-0 y, level-0 x."""
import os

from common import MASK_SLIDES, Topic, needs_shared, slide_path
from pipeline import cells, dataset


def main():
    with Topic("locations") as topic:
        for stem in MASK_SLIDES:
            if needs_shared(stem) and not os.environ.get("MICROMET_TEST_DATA"):
                print(f"  {stem}: left as it is, MICROMET_TEST_DATA is not set")
                continue
            found = cells(dataset([slide_path(stem)]))
            topic.array(f"{stem}.npy", found, needs_shared(stem))
            print(f"  {stem}: {len(found)} windows")


if __name__ == "__main__":
    main()
