// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.demo;

import io.github.micromet.pixels.FloatBatch;
import io.github.micromet.train.augment.Augmentation;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.sample.SampleOptions;
import io.github.micromet.train.sample.SampleReader;
import io.github.micromet.train.sample.TrainingBatch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Teaches {@link ColourScore} on the patches that the network is trained on, unaltered. */
final class ColourLearning {
  private static final int REGIONS = 4; // read at once
  private static final long CACHE_BYTES = 64L << 20;

  private ColourLearning() {}

  static ColourScore of(List<LabelledRegion> regions, int readers) {
    SampleOptions options =
        new SampleOptions(
            SampleOptions.WINDOW,
            SampleOptions.REGION_SIZE,
            SampleOptions.GRID_SIDE,
            DemoPlan.MPP,
            REGIONS,
            readers,
            0,
            CACHE_BYTES);
    List<double[]> colours = new ArrayList<>();
    List<Boolean> tumour = new ArrayList<>();
    int[] order = IntStream.range(0, regions.size()).toArray();
    try (SampleReader reader = new SampleReader(regions, order, options, Augmentation.NONE, 1, 0)) {
      for (Optional<TrainingBatch> next = reader.next(); next.isPresent(); next = reader.next()) {
        try (TrainingBatch batch = next.get()) {
          add(batch.pixels(), colours);
          for (float label : batch.labels()) {
            tumour.add(label > 0.5);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading", e);
    }
    boolean[] labels = new boolean[tumour.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = tumour.get(i);
    }
    return new ColourScore(colours, labels);
  }

  private static void add(FloatBatch patches, List<double[]> colours) {
    FloatBuffer rgb = patches.rgb();
    int floats = patches.size() * patches.size() * 3;
    for (int i = 0; i < patches.count(); i++) {
      int first = i * floats;
      colours.add(MeanColours.of(at -> rgb.get(first + at), patches.size()));
    }
  }
}
