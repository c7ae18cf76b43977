// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.choose;

import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.label.LabelledRegion.OnSlide;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The patches of regions as places of their own. The nine patches of a region are alike; where a
 * batch is small, BatchNorm needs patches of many places in it.
 */
public final class PatchWindows {
  private static final int SIDE = 3;
  private static final int WINDOW = 224;
  private static final int STEP = 272; // as GridSplit cuts 768 into three times 224

  private PatchWindows() {}

  /**
   * Some patches of each region, each a window with its own label, in one random order.
   *
   * @param regions of 768 pixels with nine labels
   * @param eachLabel patches of a label that are taken from one region, at most
   * @param seed the same seed and regions give the same windows
   */
  public static List<LabelledRegion> of(List<LabelledRegion> regions, int eachLabel, long seed) {
    Shuffle shuffle = new Shuffle(seed, "windows of regions");
    List<LabelledRegion> windows = new ArrayList<>();
    for (LabelledRegion region : regions) {
      List<Integer> patches = new ArrayList<>(IntStream.range(0, SIDE * SIDE).boxed().toList());
      shuffle.shuffle(patches);
      int[] taken = new int[2];
      for (int patch : patches) {
        int label = region.labels().get(patch);
        if (taken[label]++ < eachLabel) {
          windows.add(window((OnSlide) region.place(), patch, label));
        }
      }
    }
    shuffle.shuffle(windows);
    return List.copyOf(windows);
  }

  private static LabelledRegion window(OnSlide region, int patch, int label) {
    int corner = WINDOW / 2 - SlideSampler.REGION / 2;
    return new LabelledRegion(
        new OnSlide(
            region.file(),
            region.centreX0() + corner + (long) patch % SIDE * STEP,
            region.centreY0() + corner + (long) patch / SIDE * STEP),
        List.of(label));
  }
}
