// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import io.github.micromet.net.Precision;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.label.LabelledRegion.PatchImage;
import io.github.micromet.train.label.TrainingLists;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Painted patches in two colours, and the shortest recipes that train on them. */
final class Patches {
  private static final int EDGE = 224;
  private static final int TUMOUR = 0x9040a0;
  private static final int NORMAL = 0xe0a0c0;

  private Patches() {}

  /** So many to train on and to validate on, the labels in turn. */
  static TrainingLists in(Path folder, int training, int validation) throws IOException {
    return new TrainingLists(
        regions(folder, "t", training), regions(folder, "v", validation), List.of());
  }

  /** A recipe of such steps, as they are, at the reference's rate. */
  static Recipe recipe(int epochs, int batch, int accumulate) {
    return new Recipe(
        epochs,
        batch,
        accumulate,
        1e-3,
        7,
        1,
        Precision.FP32,
        false,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        0.1,
        0);
  }

  /** The same with the running statistics as they are. */
  static Recipe frozen(Recipe recipe) {
    return new Recipe(
        recipe.epochs(),
        recipe.batch(),
        recipe.accumulate(),
        recipe.learningRate(),
        recipe.seed(),
        recipe.validInterval(),
        recipe.precision(),
        true,
        recipe.augmentation(),
        recipe.order(),
        recipe.earlyStop(),
        recipe.init(),
        recipe.normMomentum(),
        recipe.recalibrate());
  }

  /** The same, ending at the first validation that is no better. */
  static Recipe impatient(Recipe recipe) {
    return new Recipe(
        recipe.epochs(),
        recipe.batch(),
        recipe.accumulate(),
        recipe.learningRate(),
        recipe.seed(),
        recipe.validInterval(),
        recipe.precision(),
        recipe.freezeBatchNorm(),
        recipe.augmentation(),
        recipe.order(),
        OptionalInt.of(1),
        recipe.init(),
        recipe.normMomentum(),
        recipe.recalibrate());
  }

  /** The same from other weights. */
  static Recipe from(Recipe recipe, Path init) {
    return new Recipe(
        recipe.epochs(),
        recipe.batch(),
        recipe.accumulate(),
        recipe.learningRate(),
        recipe.seed(),
        recipe.validInterval(),
        recipe.precision(),
        recipe.freezeBatchNorm(),
        recipe.augmentation(),
        recipe.order(),
        recipe.earlyStop(),
        Optional.of(init),
        recipe.normMomentum(),
        recipe.recalibrate());
  }

  /** The same, validating every so many epochs. */
  static Recipe seldom(Recipe recipe, int interval) {
    return new Recipe(
        recipe.epochs(),
        recipe.batch(),
        recipe.accumulate(),
        recipe.learningRate(),
        recipe.seed(),
        interval,
        recipe.precision(),
        recipe.freezeBatchNorm(),
        recipe.augmentation(),
        recipe.order(),
        recipe.earlyStop(),
        recipe.init(),
        recipe.normMomentum(),
        recipe.recalibrate());
  }

  private static List<LabelledRegion> regions(Path folder, String name, int count)
      throws IOException {
    List<LabelledRegion> regions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve(name + i + ".png");
      if (!Files.exists(file)) {
        paint(file, i % 2 == 0 ? TUMOUR : NORMAL, new SplittableRandom(name.hashCode() + i));
      }
      regions.add(new LabelledRegion(new PatchImage(file, Double.NaN), List.of((i + 1) % 2)));
    }
    return regions;
  }

  private static void paint(Path file, int rgb, SplittableRandom random) throws IOException {
    BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < EDGE; y++) {
      for (int x = 0; x < EDGE; x++) {
        image.setRGB(x, y, rgb + random.nextInt(32) * 0x010101);
      }
    }
    ImageIO.write(image, "png", Files.createFile(file).toFile());
  }
}
