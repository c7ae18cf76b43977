// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.eval.stat.LabelledScore;
import io.github.micromet.net.Engine;
import io.github.micromet.pixels.BatchPool;
import io.github.micromet.pixels.PixelBatch;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.label.TrainingLists;
import io.github.micromet.train.sample.PlainPatches;
import io.github.micromet.train.sample.SampleOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Labelled images of patches, scored by a network one batch after the other. */
final class PatchScoring {
  private static final int BATCH = 16;

  private PatchScoring() {}

  /**
   * @throws MicrometException of kind USAGE if a spacing is given that is none
   */
  static void checkMpp(Optional<Double> mpp) {
    if (mpp.isPresent() && !(mpp.get() > 0 && Double.isFinite(mpp.get()))) {
      throw new MicrometException(
          ErrorKind.USAGE,
          "--mpp " + mpp.get(),
          "is not a positive number of micrometres",
          "Leave it out for the model's.");
    }
  }

  /**
   * Scores the patches for validation; where none is marked so, all.
   *
   * @param mpp microns per pixel of the images where their list does not say; empty: the model's
   * @return a logit each, in the order of the list
   */
  static List<LabelledScore> score(
      Path patches, OptionalDouble mpp, Engine engine, Console console) {
    TrainingLists lists = TrainingLists.ofPatches(patches, mpp);
    lists.notes().forEach(console.err()::println);
    List<LabelledRegion> places =
        lists.validation().isEmpty() ? lists.training() : lists.validation();
    if (places.isEmpty()) {
      throw new MicrometException(
          ErrorKind.USAGE,
          patches.toString(),
          "has no labelled image",
          "A folder has sub-folders 0 and 1, or normal and tumor; a CSV has lines of file,label.");
    }
    int window = engine.contract().window();
    SampleOptions options =
        new SampleOptions(
            window,
            window,
            1,
            engine.contract().mpp(),
            BATCH,
            1,
            0,
            SlideOptions.DEFAULT_CACHE_BYTES);
    TerminalProgress progress =
        new TerminalProgress(console.err(), console.terminal(), System::nanoTime);
    progress.begin("patches", places.size());
    try (PlainPatches reader = new PlainPatches(options);
        PixelBatch batch = new BatchPool(1, BATCH, window).take()) {
      List<LabelledScore> scored = new ArrayList<>();
      for (int first = 0; first < places.size(); first += BATCH) {
        List<LabelledRegion> some = places.subList(first, Math.min(first + BATCH, places.size()));
        scored.addAll(score(some, reader, engine, batch));
        progress.advance(some.size());
      }
      return scored;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a buffer was free", e);
    } finally {
      progress.end();
    }
  }

  private static List<LabelledScore> score(
      List<LabelledRegion> places, PlainPatches reader, Engine engine, PixelBatch batch) {
    batch.setCount(places.size());
    for (int i = 0; i < places.size(); i++) {
      batch.slot(i).rgb().put(reader.of(places.get(i)).get(0));
    }
    float[] logits = new float[places.size()];
    engine.logits(batch, logits);
    List<LabelledScore> scored = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      String name = places.get(i).place().file().getFileName().toString();
      scored.add(new LabelledScore(name, logits[i], places.get(i).labels().get(0) == 1));
    }
    return scored;
  }
}
