// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.demo;

import io.github.micromet.synth.LesionKind;
import io.github.micromet.synth.SlideGroup;
import io.github.micromet.train.Recipe;
import io.github.micromet.train.Recipe.Order;
import io.github.micromet.train.augment.AugmentOptions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How large a demo is. The numbers come from a study of learning curves: docs/results.md.
 *
 * @param name of the plan
 * @param training slides to learn from
 * @param validation slides that choose the best epoch
 * @param test slides that nobody looked at before
 * @param tumourRegions of all training slides together, some patches of each
 * @param normalRegions of all training slides together
 * @param validRegions of either sort, of all validation slides together
 * @param recipe of the training; its seed is the cohort's
 */
public record DemoPlan(
    String name,
    List<SlideGroup> training,
    List<SlideGroup> validation,
    List<SlideGroup> test,
    int tumourRegions,
    int normalRegions,
    int validRegions,
    Recipe recipe) {

  /** Micrometres of a pixel: a scan at 20 x shows four times the tissue of one at 40 x. */
  public static final double MPP = 0.5;

  /** The pixels of this level are the cells that get a window: 128 pixels apart. */
  public static final int CELL_LEVEL = 7;

  /** The reference's box of 48 cells of 16 micrometres, in cells of 64. */
  public static final int NMS_BOX = 12;

  private static final int EDGE = 3072;
  private static final int MACRO_EDGE = 7168;
  private static final int QUICK_EDGE = 2048;
  private static final double LEARNING_RATE = 0.01;

  /** Patches of either label that one region gives: its nine are alike. */
  static final int WINDOWS_OF_A_LABEL = 2;

  /**
   * In the few steps of a demo the network learns nothing through the reference's colour jitter,
   * and the slides are stained apart already; small batches make more steps of as many patches; and
   * the running statistics are set anew, as they would lag behind the weights.
   */
  private static final Recipe RECIPE =
      Recipe.REFERENCE
          .withBatch(8, 1)
          .withOrder(Order.SHUFFLED)
          .withNorm(Recipe.REFERENCE.normMomentum(), 12)
          .withAugmentation(Optional.of(AugmentOptions.REFERENCE.withoutJitter()));

  /** Minutes on two old cores: micro lesions and isolated tumour cells. */
  public static final DemoPlan DEFAULT =
      new DemoPlan(
          "default",
          List.of(micro(6), normal(3)),
          List.of(micro(2), normal(1)),
          List.of(micro(4), itc(1), normal(1)),
          30,
          26,
          7,
          RECIPE.withEpochs(3, LEARNING_RATE));

  /** A quarter of an hour on two old cores: macro lesions too, and enough slides to measure. */
  public static final DemoPlan FULL =
      new DemoPlan(
          "full",
          List.of(macro(1), micro(12), normal(6)),
          List.of(micro(3), normal(2)),
          List.of(macro(1), micro(8), itc(2), normal(5)),
          110,
          110,
          12,
          RECIPE.withEpochs(3, LEARNING_RATE));

  /** The smallest whole story; what it finds means little. */
  public static final DemoPlan QUICK =
      new DemoPlan(
          "quick",
          List.of(SlideGroup.of(1, QUICK_EDGE, LesionKind.MICRO), SlideGroup.of(1, QUICK_EDGE)),
          List.of(SlideGroup.of(1, QUICK_EDGE, LesionKind.MICRO)),
          List.of(SlideGroup.of(1, QUICK_EDGE, LesionKind.MICRO), SlideGroup.of(1, QUICK_EDGE)),
          2,
          2,
          1,
          RECIPE.withEpochs(2, LEARNING_RATE));

  public DemoPlan {
    Objects.requireNonNull(name);
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
    Objects.requireNonNull(recipe);
  }

  private static SlideGroup macro(int slides) {
    return SlideGroup.of(slides, MACRO_EDGE, LesionKind.MACRO);
  }

  private static SlideGroup micro(int slides) {
    return SlideGroup.of(slides, EDGE, LesionKind.MICRO);
  }

  private static SlideGroup itc(int slides) {
    return SlideGroup.of(slides, EDGE, LesionKind.ITC);
  }

  private static SlideGroup normal(int slides) {
    return SlideGroup.of(slides, EDGE);
  }
}
