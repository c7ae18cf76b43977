// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything a run is asked to do, checked once.
 *
 * @param out the run folder
 * @param overwrite names {@code out} again when it may hold other files
 * @param mode how windows are laid
 * @param tissue which rule finds tissue
 * @param maskLevel level whose pixels are the cells, 0 or more; the reference has 6
 * @param threshold a detection is above it, a lesion's cells are; 0 to below 1; the reference has
 *     0.5
 * @param batch windows computed together
 * @param workers threads that compute, one core each
 * @param memoryBytes bound of the whole process; empty for no bound
 * @param wholeFileHash whether each slide's file is hashed from end to end
 * @param labels sentences that every picture carries, e.g. that the network is untrained
 * @param nmsBox edge in cells of the square that a detection empties around itself
 */
public record DetectOptions(
    Path out,
    Optional<Path> overwrite,
    Mode mode,
    TissueChoice tissue,
    int maskLevel,
    double threshold,
    int batch,
    int workers,
    Optional<Long> memoryBytes,
    boolean wholeFileHash,
    List<String> labels,
    int nmsBox) {

  /** The reference's mask level. */
  public static final int DEFAULT_MASK_LEVEL = 6;

  /** A cell of a million pixels a side holds any slide. */
  public static final int MOST_MASK_LEVEL = 20;

  /** The reference's threshold of non-maximum suppression. */
  public static final double DEFAULT_THRESHOLD = 0.5;

  /** The reference's box of non-maximum suppression, in cells. */
  public static final int NMS_BOX = 48;

  /** Fits the cache: faster than larger batches on a CPU. */
  public static final int DEFAULT_BATCH = 16;

  public DetectOptions {
    Objects.requireNonNull(out);
    Objects.requireNonNull(overwrite);
    Objects.requireNonNull(mode);
    Objects.requireNonNull(tissue);
    Objects.requireNonNull(memoryBytes);
    labels = List.copyOf(labels);
    if (maskLevel < 0 || maskLevel > MOST_MASK_LEVEL) {
      throw new IllegalArgumentException(
          "the mask level is 0 to " + MOST_MASK_LEVEL + ", not " + maskLevel);
    }
    if (!(threshold >= 0 && threshold < 1)) {
      throw new IllegalArgumentException("the threshold is from 0 to below 1, not " + threshold);
    }
    if (batch < 1 || batch > 4096) {
      throw new IllegalArgumentException("the batch is 1 to 4096 windows, not " + batch);
    }
    if (workers < 1 || workers > 1024) {
      throw new IllegalArgumentException("the threads are 1 to 1024, not " + workers);
    }
    if (nmsBox < 1) {
      throw new IllegalArgumentException("the box has at least 1 cell, not " + nmsBox);
    }
  }

  /** With the reference's box. */
  public DetectOptions(
      Path out,
      Optional<Path> overwrite,
      Mode mode,
      TissueChoice tissue,
      int maskLevel,
      double threshold,
      int batch,
      int workers,
      Optional<Long> memoryBytes,
      boolean wholeFileHash,
      List<String> labels) {
    this(
        out,
        overwrite,
        mode,
        tissue,
        maskLevel,
        threshold,
        batch,
        workers,
        memoryBytes,
        wholeFileHash,
        labels,
        NMS_BOX);
  }

  /** The same with another box. */
  public DetectOptions withNmsBox(int cells) {
    return new DetectOptions(
        out,
        overwrite,
        mode,
        tissue,
        maskLevel,
        threshold,
        batch,
        workers,
        memoryBytes,
        wholeFileHash,
        labels,
        cells);
  }

  /** The defaults for a run into {@code out}. */
  public static DetectOptions into(Path out) {
    return new DetectOptions(
        out,
        Optional.empty(),
        new Mode.Patch(),
        TissueChoice.DEFAULT,
        DEFAULT_MASK_LEVEL,
        DEFAULT_THRESHOLD,
        DEFAULT_BATCH,
        Runtime.getRuntime().availableProcessors(),
        Optional.empty(),
        false,
        List.of());
  }
}
