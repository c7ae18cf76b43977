// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.demo;

import io.github.micromet.detect.DetectOptions;
import io.github.micromet.net.Engine;
import io.github.micromet.net.Precision;
import io.github.micromet.net.TorchEngine;
import io.github.micromet.net.TrainableNet;
import io.github.micromet.net.TumorNet;
import io.github.micromet.pixels.BatchPool;
import io.github.micromet.pixels.FloatBatch;
import io.github.micromet.pixels.PixelBatch;
import io.github.micromet.synth.SlideGroup;
import io.github.micromet.train.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.PointerScope;

/**
 * How long a demo will take here: a step of training and a batch of windows are timed on grey
 * patches, the rest is small and counted by the pixel.
 *
 * @param patchesPerSecond of training
 * @param windowsPerSecond of detection
 * @param seconds of the whole demo
 */
record Estimate(double patchesPerSecond, double windowsPerSecond, double seconds) {
  private static final int PATCHES = 8;

  /** Tissue is about two fifths of a drawn slide. */
  private static final double TISSUE = 0.4;

  /** Painting, reading and the baseline, measured: 7.2 megapixels a second and core. */
  private static final double PIXELS_PER_SECOND = 7.2e6;

  private static final double OTHER_SECONDS = 15;

  /** Times this machine; takes about ten seconds on two old cores. */
  static Estimate of(DemoPlan plan, int cores) {
    int window = TumorNet.untrained().contract().window();
    double patches = training(window, cores);
    double windows = detection(window, cores);
    int epochs = plan.recipe().epochs();
    double learned = epochs * windows(plan.tumourRegions(), plan.normalRegions());
    double validated =
        epochs
            * (windows(plan.validRegions(), plan.validRegions())
                + plan.recipe().recalibrate() * plan.recipe().batch());
    double scored = TISSUE * pixels(plan.test()) / Math.pow(2, 2 * DemoPlan.CELL_LEVEL);
    double painted = pixels(plan.training()) + pixels(plan.validation()) + pixels(plan.test());
    double seconds =
        learned / patches
            + (validated + scored) / windows
            + painted / PIXELS_PER_SECOND / cores
            + OTHER_SECONDS;
    return new Estimate(patches, windows, seconds);
  }

  /** Regions of tumour hold patches of both labels. */
  private static double windows(int tumour, int normal) {
    return DemoPlan.WINDOWS_OF_A_LABEL * (2.0 * tumour + normal);
  }

  private static double pixels(List<SlideGroup> groups) {
    return groups.stream().mapToLong(SlideGroup::pixels).sum();
  }

  /** Forward and backward over one batch; the second of two, as the first allocates. */
  private static double training(int window, int cores) {
    float[] grey = new float[window * window * 3];
    Arrays.fill(grey, 128);
    float[] labels = new float[PATCHES];
    try (TrainableNet net = TrainableNet.of(TumorNet.untrained(), Precision.FP32, cores);
        FloatBatch batch = new FloatBatch(PATCHES, window, () -> {})) {
      for (int i = 0; i < PATCHES; i++) {
        batch.put(i, grey);
        labels[i] = i % 2;
      }
      batch.setCount(PATCHES);
      double seconds = 0;
      for (int round = 0; round < 2; round++) {
        long begun = System.nanoTime();
        net.clearGradients();
        try (PointerScope scope = new PointerScope()) {
          Loss.of(net.forward(batch, TrainableNet.Mode.TRAINING), labels).backward();
        }
        seconds = (System.nanoTime() - begun) / 1e9;
      }
      return PATCHES / seconds;
    }
  }

  /** One batch on each core at once, as a detection runs; the second of two. */
  private static double detection(int window, int cores) {
    ExecutorService pool = Executors.newFixedThreadPool(cores);
    try (Engine engine = TorchEngine.open(TumorNet.untrained(), Precision.AUTO)) {
      BatchPool batches = new BatchPool(cores, DetectOptions.DEFAULT_BATCH, window);
      double seconds = 0;
      for (int round = 0; round < 2; round++) {
        long begun = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        for (int core = 0; core < cores; core++) {
          running.add(pool.submit(() -> score(engine, batches)));
        }
        for (Future<?> each : running) {
          each.get();
        }
        seconds = (System.nanoTime() - begun) / 1e9;
      }
      return cores * DetectOptions.DEFAULT_BATCH / seconds;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while timing", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static Void score(Engine engine, BatchPool batches) throws InterruptedException {
    try (PixelBatch batch = batches.take()) {
      batch.setCount(batches.capacity());
      engine.logits(batch, new float[batches.capacity()]);
      return null;
    }
  }
}
