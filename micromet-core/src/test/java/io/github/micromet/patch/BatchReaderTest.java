// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.PictureSlide;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.grid.Band;
import io.github.micromet.pixels.BatchPool;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.TileFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchReaderTest {
  private static final int WINDOW = 8;

  private final PictureSlide pixels =
      PictureSlide.of(PictureSlide.picture(200, 120, (x, y) -> x << 12 | y));
  private final ReadPlan plan =
      ReadPlan.sliding(
          pixels.info(), 0, WINDOW, new Stride.Pixels(WINDOW), -WINDOW / 2, 0, Optional.empty());
  private final List<Band> bands = plan.grid().bands(4);

  @Test
  void batchesAreInPlanOrderHoldTheirPixelsAndNeverCrossABand() throws Exception {
    for (int readers : new int[] {1, 2, 5}) {
      BatchPool pool = new BatchPool(3, 7, WINDOW);
      List<Window> seen = new ArrayList<>();
      try (BatchReader reader = new BatchReader(pixels, plan, bands, 7, readers, pool)) {
        int batches = 0;
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
          try (PlannedBatch batch = next.get()) {
            batches++;
            seen.addAll(batch.windows());
            assertThat(batch.windows()).allMatch(w -> batch.band().holds(w.fills().row()));
            assertThat(batch.pixels().count()).isEqualTo(batch.windows().size());
            for (int i = 0; i < batch.pixels().count(); i++) {
              assertPixels(batch.windows().get(i), batch.pixels().slot(i));
            }
          }
        }
        assertThat(batches).isEqualTo(reader.batches());
        assertThat(reader.next()).isEmpty();
      }
      assertThat(seen).isEqualTo(plan.windows());
      assertThat(pool.free()).isEqualTo(3);
    }
  }

  private static void assertPixels(Window window, RgbImage slot) {
    for (int y = 0; y < WINDOW; y++) {
      for (int x = 0; x < WINDOW; x++) {
        long x0 = window.x0() + x;
        long y0 = window.y0() + y;
        assertThat(slot.at(x, y)).isEqualTo(x0 < 0 || x0 >= 200 ? 0 : (int) (x0 << 12 | y0));
      }
    }
  }

  @Test
  void severalWorkersShareTheBatchesAndEachIsHandedOutOnce() throws Exception {
    BatchPool pool = new BatchPool(4, 3, WINDOW);
    List<Window> seen = Collections.synchronizedList(new ArrayList<>());
    try (BatchReader reader = new BatchReader(pixels, plan, bands, 3, 2, pool)) {
      inParallel(
          4,
          () -> {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
              try (PlannedBatch batch = next.get()) {
                seen.addAll(batch.windows());
              }
            }
            return null;
          });
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(plan.windows());
    assertThat(pool.free()).isEqualTo(4);
  }

  @Test
  void aPoolOfOneBatchIsEnoughForManyReaders() throws Exception {
    BatchPool pool = new BatchPool(1, 2, WINDOW);
    int windows = 0;
    try (BatchReader reader = new BatchReader(pixels, plan, bands, 2, 4, pool)) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        windows += next.get().windows().size();
        next.get().close();
      }
    }
    assertThat(windows).isEqualTo(plan.windows().size());
  }

  @Test
  void onlyTheBandsAskedForAreRead() throws Exception {
    BatchPool pool = new BatchPool(2, 100, WINDOW);
    Band last = bands.get(bands.size() - 1);
    try (BatchReader reader = new BatchReader(pixels, plan, List.of(last), 100, 1, pool);
        PlannedBatch batch = reader.next().orElseThrow()) {
      assertThat(batch.windows()).isEqualTo(plan.in(last));
      assertThat(reader.next()).isEmpty();
    }
    try (BatchReader reader = new BatchReader(pixels, plan, List.of(), 100, 1, pool)) {
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void theFirstFailureIsThrownToEveryWorkerAndNoBufferIsLost() throws Exception {
    BatchPool pool = new BatchPool(3, 5, WINDOW);
    MicrometException broken =
        new MicrometException(ErrorKind.INPUT, "a.tif", "disk error at byte 12", "");
    Window at = plan.windows().get(77);
    Slide slide =
        watched(
            region -> {
              if (region.x0() == at.x0() && region.y0() == at.y0()) {
                throw broken;
              }
            });
    List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    try (BatchReader reader = new BatchReader(slide, plan, bands, 5, 3, pool)) {
      inParallel(
          3,
          () -> {
            try {
              for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                next.get().close();
              }
            } catch (MicrometException e) {
              thrown.add(e);
            }
            return null;
          });
    }
    assertThat(thrown).containsExactly(broken, broken, broken);
    assertThat(pool.free()).isEqualTo(3);
  }

  @Test
  void anErrorThatIsNoExceptionIsNotLostEither() throws Exception {
    BatchPool pool = new BatchPool(1, 5, WINDOW);
    Slide slide =
        watched(
            region -> {
              throw new OutOfMemoryError("by design");
            });
    try (BatchReader reader = new BatchReader(slide, plan, bands, 5, 1, pool)) {
      assertThatThrownBy(reader::next).isInstanceOf(OutOfMemoryError.class);
    }
    assertThat(pool.free()).isEqualTo(1);
  }

  @Test
  void aWorkersFailureStopsTheReadersAndReachesTheOtherWorkers() throws Exception {
    BatchPool pool = new BatchPool(2, 5, WINDOW);
    RuntimeException failure = new IllegalStateException("the network failed");
    try (BatchReader reader = new BatchReader(pixels, plan, bands, 5, 2, pool)) {
      PlannedBatch batch = reader.next().orElseThrow();
      reader.fail(failure);
      batch.close();
      reader.fail(new IllegalStateException("later"));
      assertThatThrownBy(reader::next).isSameAs(failure);
    }
    assertThat(pool.free()).isEqualTo(2);
  }

  @Test
  void closingEarlyStopsReadersThatWaitAndThoseThatRead() throws Exception {
    BatchPool pool = new BatchPool(2, 5, WINDOW);
    CountDownLatch reading = new CountDownLatch(2);
    CountDownLatch goOn = new CountDownLatch(1);
    List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
    Slide slide =
        watched(
            region -> {
              reading.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                interrupted.add(true);
              }
            });
    BatchReader reader = new BatchReader(slide, plan, bands, 5, 3, pool);
    reading.await(); // two read, the third waits for a buffer
    Thread closer = new Thread(reader::close);
    closer.start();
    goOn.countDown();
    closer.join();

    assertThat(pool.free()).isEqualTo(2);
    assertThat(interrupted).as("a read must not be interrupted: it would close the file").isEmpty();
    assertThatThrownBy(reader::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    reader.close();
  }

  @Test
  void aWorkerThatWaitsWakesWhenTheReaderIsClosed() throws Exception {
    BatchPool pool = new BatchPool(1, 5, WINDOW);
    try (BatchReader reader = new BatchReader(pixels, plan, bands, 5, 1, pool)) {
      PlannedBatch held = reader.next().orElseThrow(); // no buffer is left, so next() must wait
      ExecutorService worker = Executors.newSingleThreadExecutor();
      try {
        CountDownLatch started = new CountDownLatch(1);
        Future<Optional<PlannedBatch>> waiting =
            worker.submit(
                () -> {
                  started.countDown();
                  return reader.next();
                });
        started.await();
        reader.close();
        assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
            .hasCauseInstanceOf(IllegalStateException.class);
      } finally {
        worker.shutdownNow();
      }
      held.close();
    }
    assertThat(pool.free()).isEqualTo(1);
  }

  @Test
  void aPoolThatDoesNotFitThePlanIsRefused() {
    BatchPool pool = new BatchPool(1, 5, WINDOW + 1);
    assertThatThrownBy(() -> new BatchReader(pixels, plan, bands, 5, 1, pool))
        .isInstanceOf(IllegalArgumentException.class);
    BatchPool small = new BatchPool(1, 4, WINDOW);
    assertThatThrownBy(() -> new BatchReader(pixels, plan, bands, 5, 1, small))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private interface Work {
    Object run() throws Exception;
  }

  private static void inParallel(int workers, Work work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      List<Future<Object>> futures = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        futures.add(pool.submit(work::run));
      }
      for (Future<Object> future : futures) {
        future.get(30, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** The slide of this test, with something done before each read. */
  private Slide watched(Consumer<Region> before) {
    return new Slide() {
      @Override
      public String name() {
        return pixels.name();
      }

      @Override
      public SlideInfo info() {
        return pixels.info();
      }

      @Override
      public void readRegion(Region at, RgbImage into) {
        before.accept(at);
        pixels.readRegion(at, into);
      }

      @Override
      public Optional<RgbImage> associated(String name) {
        return Optional.empty();
      }

      @Override
      public List<TileFault> faults() {
        return List.of();
      }

      @Override
      public String identity() {
        return pixels.identity();
      }

      @Override
      public void close() {
        pixels.close();
      }
    };
  }
}
