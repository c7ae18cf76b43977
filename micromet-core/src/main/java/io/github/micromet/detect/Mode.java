// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import io.github.micromet.lesion.Detection;
import io.github.micromet.lesion.ProbNms;
import io.github.micromet.map.ProbabilityMap;
import io.github.micromet.patch.ReadPlan;
import io.github.micromet.patch.Stride;
import io.github.micromet.run.Parameters;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.tissue.TissueMask;
import java.util.List;
import java.util.Optional;

/** How windows are laid over the tissue: one plan or another, never another path. */
public sealed interface Mode {
  /** The level that windows are read from. */
  int READ_LEVEL = 0;

  /** These settings, by the names of the options. */
  Parameters addTo(Parameters settings);

  /**
   * What to read.
   *
   * @param window edge in pixels, from the model's contract
   */
  ReadPlan plan(SlideInfo info, TissueMask tissue, int window);

  /**
   * The peaks of this mode's map.
   *
   * @param box edge in cells of the square that a peak empties
   */
  List<Detection> detections(ProbabilityMap map, double threshold, int box, int maskLevel);

  /** One window on every tissue cell of the mask level, as the reference. */
  record Patch() implements Mode {
    @Override
    public Parameters addTo(Parameters settings) {
      return settings.with("mode", "patch");
    }

    @Override
    public ReadPlan plan(SlideInfo info, TissueMask tissue, int window) {
      return ReadPlan.patches(tissue, info, READ_LEVEL, window);
    }

    @Override
    public List<Detection> detections(
        ProbabilityMap map, double threshold, int box, int maskLevel) {
      return ProbNms.detect(map, threshold, box, maskLevel);
    }
  }

  /** Windows at regular steps over the slide where their centres are tissue, one cell a window. */
  record Sliding(Stride stride) implements Mode {
    @Override
    public Parameters addTo(Parameters settings) {
      Parameters sliding = settings.with("mode", "sliding");
      if (stride instanceof Stride.Pixels pixels) {
        return sliding.with("stride", pixels.pixels());
      }
      return sliding.with("overlap", ((Stride.Overlap) stride).fraction());
    }

    @Override
    public ReadPlan plan(SlideInfo info, TissueMask tissue, int window) {
      return ReadPlan.sliding(info, READ_LEVEL, window, stride, Optional.of(tissue));
    }

    @Override
    public List<Detection> detections(
        ProbabilityMap map, double threshold, int box, int maskLevel) {
      return ProbNms.detect(map, threshold, box);
    }
  }
}
