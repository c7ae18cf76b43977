// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.benchmarks;

import io.github.micromet.net.Engine;
import io.github.micromet.net.Precision;
import io.github.micromet.net.TorchEngine;
import io.github.micromet.net.TumorNet;
import io.github.micromet.pixels.BatchPool;
import io.github.micromet.pixels.PixelBatch;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The network on windows that are in memory already: the bound of every whole run. */
final class NetworkAlone {
  private NetworkAlone() {}

  /** Each of {@code workers} threads computes {@code batches} batches of the slide's middle. */
  static Cost measure(Path slide, Precision precision, int batch, int workers, int batches)
      throws Exception {
    TumorNet net = TumorNet.untrained();
    int window = net.contract().window();
    BatchPool pool = new BatchPool(workers, batch, window);
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try (TorchEngine engine = TorchEngine.open(net, precision);
        Slide open = Slides.open(slide, SlideOptions.DEFAULT)) {
      List<PixelBatch> inputs = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        inputs.add(middle(open, pool.take(), window));
      }
      run(threads, engine, inputs, 2);
      Cost cost = Cost.of(() -> run(threads, engine, inputs, batches));
      inputs.forEach(PixelBatch::close);
      return cost;
    } finally {
      threads.shutdown();
    }
  }

  private static PixelBatch middle(Slide slide, PixelBatch batch, int window) {
    batch.setCount(batch.capacity());
    for (int i = 0; i < batch.count(); i++) {
      long x0 = slide.info().width() / 2 + i * 64L;
      slide.readRegion(new Region(x0, slide.info().height() / 2, 0, window, window), batch.slot(i));
    }
    return batch;
  }

  private static long run(
      ExecutorService threads, Engine engine, List<PixelBatch> inputs, int batches)
      throws Exception {
    List<Callable<Long>> work = new ArrayList<>();
    for (PixelBatch input : inputs) {
      work.add(
          () -> {
            float[] logits = new float[input.count()];
            for (int i = 0; i < batches; i++) {
              engine.logits(input, logits);
            }
            return (long) batches * input.count();
          });
    }
    long units = 0;
    for (Future<Long> done : threads.invokeAll(work)) {
      units += done.get();
    }
    return units;
  }
}
