// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.Golden;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.Slide;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpenSlidesTest {
  private static final Path ONE = Golden.root().resolve("conformance/slides/blobs-jpeg.tif");
  private static final Path TWO =
      Golden.root().resolve("conformance/slides/blobs-black-columns.tif");

  private static final Region AT = new Region(500, 500, 0, 16, 16);

  @Test
  void readersThatWantTheSameSlideAtOnceGetOneHandle() throws Exception {
    int threads = 8;
    CyclicBarrier together = new CyclicBarrier(threads);
    Set<Slide> handles = Collections.newSetFromMap(new IdentityHashMap<>());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (OpenSlides slides = new OpenSlides(8, 1 << 20)) {
      List<Future<Slide>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        futures.add(
            pool.submit(
                () -> {
                  together.await();
                  try (OpenSlides.Lease lease = slides.lease(ONE)) {
                    lease.slide().read(AT);
                    return lease.slide();
                  }
                }));
      }
      for (Future<Slide> future : futures) {
        handles.add(future.get(60, TimeUnit.SECONDS));
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(handles).hasSize(1);
  }

  @Test
  void theSlideUnusedForLongestIsClosedButNoneThatIsRead() {
    try (OpenSlides slides = new OpenSlides(1, 1 << 20)) {
      OpenSlides.Lease one = slides.lease(ONE);
      try (OpenSlides.Lease two = slides.lease(TWO)) {
        assertThat(slides.open()).isEqualTo(2);
        one.slide().read(AT);
        two.slide().read(AT);
      }
      one.close();
      slides.lease(TWO).close();
      assertThat(slides.open()).isEqualTo(1);
      Slide closed = one.slide();
      assertThatThrownBy(() -> closed.read(AT)).isInstanceOf(IllegalStateException.class);
      try (OpenSlides.Lease again = slides.lease(ONE)) {
        again.slide().read(AT);
      }
    }
  }

  @Test
  void closingClosesWhatNobodyReads() {
    OpenSlides slides = new OpenSlides(4, 1 << 20);
    OpenSlides.Lease one = slides.lease(ONE);
    one.close();
    slides.close();
    assertThat(slides.open()).isZero();
    assertThatThrownBy(() -> one.slide().read(AT)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aSlideThatCannotBeOpenedLeavesNothingBehind() {
    try (OpenSlides slides = new OpenSlides(1, 1 << 20)) {
      Path missing = Path.of("missing.tif");
      assertThatThrownBy(() -> slides.lease(missing)).isInstanceOf(MicrometException.class);
      assertThatThrownBy(() -> slides.lease(missing)).isInstanceOf(MicrometException.class);
      slides.lease(ONE).close();
      assertThat(slides.open()).isEqualTo(1);
    }
  }
}
