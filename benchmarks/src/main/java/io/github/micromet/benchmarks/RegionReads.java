// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.benchmarks;

import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Aligned 512 x 512 reads of level 0 in a seeded random order, each tile once, from a newly opened
 * slide: as {@code conformance/rival/read_regions.py} has them for the rivals.
 */
final class RegionReads {
  private static final int SIZE = 512;

  private RegionReads() {}

  static Cost measure(Path file, int reads, int threads, long seed) throws Exception {
    List<long[]> tiles = new ArrayList<>();
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT)) {
      for (long y = 0; y + SIZE <= slide.info().height(); y += SIZE) {
        for (long x = 0; x + SIZE <= slide.info().width(); x += SIZE) {
          tiles.add(new long[] {x, y});
        }
      }
    }
    Collections.shuffle(tiles, new Random(seed));
    List<long[]> chosen = tiles.subList(0, Math.min(reads, tiles.size()));
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      return Cost.of(() -> read(file, chosen, threads, pool));
    } finally {
      pool.shutdown();
    }
  }

  private static long read(Path file, List<long[]> tiles, int threads, ExecutorService pool)
      throws Exception {
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT)) {
      List<Callable<Long>> work = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int first = t;
        work.add(
            () -> {
              RgbImage into = new RgbImage(SIZE, SIZE);
              long n = 0;
              for (int i = first; i < tiles.size(); i += threads) {
                slide.readRegion(new Region(tiles.get(i)[0], tiles.get(i)[1], 0, SIZE, SIZE), into);
                n++;
              }
              return n;
            });
      }
      long reads = 0;
      for (Future<Long> done : pool.invokeAll(work)) {
        reads += done.get();
      }
      return reads;
    }
  }
}
