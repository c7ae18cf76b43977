// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.benchmarks;

import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import io.github.micromet.train.augment.Augmentation;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.label.LabelledRegion.OnSlide;
import io.github.micromet.train.sample.EpochOrder;
import io.github.micromet.train.sample.SampleOptions;
import io.github.micromet.train.sample.SampleReader;
import io.github.micromet.train.sample.TrainingBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Regions of 768 at random places: read, split into nine, altered, gathered. Nobody computes. */
final class TrainingSamples {
  private static final int BATCH = 8;
  private static final long CACHE_BYTES = 64L << 20;
  private static final double MPP = 0.243;

  private TrainingSamples() {}

  static Cost measure(Path file, int regions, int readers, Augmentation augmentation, long seed)
      throws Exception {
    List<LabelledRegion> places = new ArrayList<>();
    Random random = new Random(seed);
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT)) {
      for (int i = 0; i < regions; i++) {
        long x0 = (long) (random.nextDouble() * slide.info().width());
        long y0 = (long) (random.nextDouble() * slide.info().height());
        places.add(new LabelledRegion(new OnSlide(file, x0, y0), Collections.nCopies(9, 0)));
      }
    }
    SampleOptions options =
        new SampleOptions(
            SampleOptions.WINDOW,
            SampleOptions.REGION_SIZE,
            SampleOptions.GRID_SIDE,
            MPP,
            BATCH,
            readers,
            seed,
            CACHE_BYTES);
    int[] order = EpochOrder.OF_FILE.indices(regions, 1, 0, 1);
    return Cost.of(
        () -> {
          try (SampleReader reader = new SampleReader(places, order, options, augmentation, 1, 0)) {
            for (Optional<TrainingBatch> next = reader.next();
                next.isPresent();
                next = reader.next()) {
              next.get().close();
            }
          }
          return regions;
        });
  }
}
