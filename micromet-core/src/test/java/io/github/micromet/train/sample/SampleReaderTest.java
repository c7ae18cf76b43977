// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.Golden;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import io.github.micromet.train.augment.Augmentation;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.label.LabelledRegion.OnSlide;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SampleReaderTest {
  private static final Path SLIDE = Golden.root().resolve("conformance/slides/blobs-jpeg.tif");
  private static final Path OTHER =
      Golden.root().resolve("conformance/slides/blobs-black-columns.tif");

  /** The seed in the first pixel, the rest as it was. */
  private static final Augmentation SEED_IN_FRONT =
      (rgb, size, seed, into) -> {
        Augmentation.NONE.apply(rgb, size, seed, into);
        into[0] = (int) seed;
        into[1] = (int) (seed >>> 32);
        Arrays.fill(rgb, (byte) 7); // it may; the next region must not see it
      };

  private final List<LabelledRegion> regions = regions(11);

  private static List<LabelledRegion> regions(int count) {
    List<LabelledRegion> regions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Integer> labels = new ArrayList<>();
      for (int patch = 0; patch < 9; patch++) {
        labels.add((i + patch) % 2);
      }
      Path file = i % 3 == 1 ? OTHER : SLIDE;
      regions.add(new LabelledRegion(new OnSlide(file, 40 + 150L * i, 900 - 60L * i), labels));
    }
    return regions;
  }

  private static SampleOptions options(int window, int region, int batch, int readers) {
    return new SampleOptions(window, region, 3, 0.243, batch, readers, 15, 8 << 20);
  }

  private static int[] fileOrder(int count) {
    return EpochOrder.OF_FILE.indices(count, 1, 0, 1);
  }

  /** All values of all batches, then the labels. */
  private static List<float[]> read(SampleReader reader) throws InterruptedException {
    List<float[]> all = new ArrayList<>();
    for (Optional<TrainingBatch> next = reader.next(); next.isPresent(); next = reader.next()) {
      try (TrainingBatch batch = next.get()) {
        FloatBuffer rgb = batch.pixels().rgb();
        float[] values = new float[rgb.remaining()];
        rgb.get(values);
        all.add(values);
        all.add(batch.labels());
      }
    }
    return all;
  }

  private List<float[]> read(int[] order, int readers, int epoch, int firstBatch)
      throws InterruptedException {
    SampleOptions options = options(32, 100, 3, readers);
    try (SampleReader reader =
        new SampleReader(regions, order, options, SEED_IN_FRONT, epoch, firstBatch)) {
      return read(reader);
    }
  }

  private static void assertSame(List<float[]> found, List<float[]> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(Arrays.equals(found.get(i), expected.get(i))).as("batch %d", i / 2).isTrue();
    }
  }

  @Test
  void everyPatchIsTheWindowOfItsPlaceInTheGridInRowsAndKeepsItsLabel() throws Exception {
    SampleOptions options = options(224, 768, 2, 2);
    List<LabelledRegion> three = regions.subList(0, 3);
    try (Slide slide = Slides.open(SLIDE, SlideOptions.DEFAULT);
        Slide other = Slides.open(OTHER, SlideOptions.DEFAULT);
        SampleReader reader =
            new SampleReader(three, new int[] {2, 0, 1}, options, Augmentation.NONE, 1, 0)) {
      assertThat(reader.batches()).isEqualTo(2);
      try (TrainingBatch first = reader.next().orElseThrow()) {
        assertThat(first.pixels().count()).isEqualTo(18);
        assertThat(first.labels())
            .containsExactly(0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0);
        for (int patch = 0; patch < 9; patch++) {
          assertPatch(slide, three.get(2), first, patch, patch);
          assertPatch(slide, three.get(0), first, patch, 9 + patch);
        }
      }
      try (TrainingBatch last = reader.next().orElseThrow()) {
        assertThat(last.pixels().count()).isEqualTo(9);
        assertThat(last.labels()).containsExactly(1, 0, 1, 0, 1, 0, 1, 0, 1);
        assertPatch(other, three.get(1), last, 8, 8);
      }
      assertThat(reader.next()).isEmpty();
    }
  }

  /** The third patch of a row begins 544 pixels after the region, not 512. */
  private static void assertPatch(
      Slide slide, LabelledRegion region, TrainingBatch batch, int patch, int slot) {
    OnSlide on = (OnSlide) region.place();
    long x0 = on.centreX0() - 384 + 272L * (patch % 3);
    long y0 = on.centreY0() - 384 + 272L * (patch / 3);
    RgbImage expected = slide.read(new Region(x0, y0, 0, 224, 224));
    FloatBuffer rgb = batch.pixels().rgb();
    for (int i = 0; i < 224 * 224 * 3; i++) {
      float found = rgb.get(slot * 224 * 224 * 3 + i);
      if (found != (expected.rgb().get(i) & 0xff)) {
        assertThat(found).as("patch %d, value %d", patch, i).isEqualTo(expected.rgb().get(i));
      }
    }
  }

  @Test
  void theNumberOfReadersChangesNoValue() throws Exception {
    int[] order = new EpochOrder(true, true, 4).indices(11, 1, 0, 1);
    List<float[]> expected = read(order, 1, 1, 0);
    assertThat(expected).hasSize(8);
    assertSame(read(order, 2, 1, 0), expected);
    assertSame(read(order, 5, 1, 0), expected);
  }

  @Test
  void anEpochThatGoesOnGivesTheSameBatchesAsOneThatRanThrough() throws Exception {
    int[] order = fileOrder(11);
    List<float[]> whole = read(order, 2, 1, 0);
    assertSame(read(order, 2, 1, 2), whole.subList(4, 8));
    assertThat(read(order, 2, 1, 4)).isEmpty();
  }

  @Test
  void aPatchHasAnotherSeedInEachEpochAndTheSameWhereverItsRegionStands() throws Exception {
    List<float[]> first = read(new int[] {4, 7}, 1, 1, 0);
    List<float[]> turned = read(new int[] {7, 4}, 1, 1, 0);
    List<float[]> second = read(new int[] {4, 7}, 1, 2, 0);
    int half = first.get(0).length / 2;
    assertThat(Arrays.copyOfRange(turned.get(0), half, 2 * half))
        .isEqualTo(Arrays.copyOf(first.get(0), half));
    assertThat(second.get(0)[0]).isNotEqualTo(first.get(0)[0]);
    assertThat(Arrays.copyOfRange(second.get(0), 3, half / 9))
        .isEqualTo(Arrays.copyOfRange(first.get(0), 3, half / 9));
    // Eighteen patches, eighteen seeds.
    int floats = 32 * 32 * 3;
    assertThat(
            IntStream.range(0, 18)
                .mapToObj(i -> List.of(first.get(0)[i * floats], first.get(0)[i * floats + 1])))
        .doesNotHaveDuplicates();
  }

  @Test
  void theFirstFailureIsThrownOnceTheReadersHaveStoppedAndNoBufferIsLost() throws Exception {
    List<LabelledRegion> broken = new ArrayList<>(regions);
    Path missing = Path.of("no-such-slide.tif");
    broken.set(7, new LabelledRegion(new OnSlide(missing, 10, 10), Collections.nCopies(9, 1)));
    for (int readers : new int[] {1, 3}) {
      SampleOptions options = options(32, 100, 2, readers);
      try (SampleStore store = new SampleStore(options, 18)) {
        try (SampleReader reader =
            new SampleReader(store, broken, fileOrder(11), Augmentation.NONE, 1, 0)) {
          assertThatThrownBy(() -> read(reader))
              .isInstanceOf(MicrometException.class)
              .hasMessageContaining("no-such-slide.tif");
          assertThatThrownBy(reader::next).hasMessageContaining("no-such-slide.tif");
        }
        assertThat(store.pool().free()).isEqualTo(2);
      }
    }
  }

  @Test
  void aFailureOfWhoComputesStopsTheReadersAndNoBufferIsLost() throws Exception {
    SampleOptions options = options(32, 100, 2, 2);
    IllegalStateException failure = new IllegalStateException("the loss is no number");
    try (SampleStore store = new SampleStore(options, 18)) {
      try (SampleReader reader =
          new SampleReader(store, regions, fileOrder(11), Augmentation.NONE, 1, 0)) {
        TrainingBatch batch = reader.next().orElseThrow();
        reader.fail(failure);
        batch.close();
        assertThatThrownBy(reader::next).isSameAs(failure);
      }
      assertThat(store.pool().free()).isEqualTo(2);
    }
  }

  @Test
  void atMostTwoBatchesExistAndTheSecondIsReadyWhileTheFirstIsHeld() throws Exception {
    SampleOptions options = options(32, 100, 2, 3);
    try (SampleStore store = new SampleStore(options, 18);
        SampleReader reader =
            new SampleReader(store, regions, fileOrder(11), Augmentation.NONE, 1, 0)) {
      TrainingBatch first = reader.next().orElseThrow();
      TrainingBatch second = reader.next().orElseThrow(); // no reader may wait for the first
      assertThat(store.pool().free()).isZero();
      ExecutorService worker = Executors.newSingleThreadExecutor();
      try {
        CountDownLatch started = new CountDownLatch(1);
        Future<Optional<TrainingBatch>> third =
            worker.submit(
                () -> {
                  started.countDown();
                  return reader.next();
                });
        started.await();
        first.close();
        third.get(60, TimeUnit.SECONDS).orElseThrow().close();
      } finally {
        worker.shutdownNow();
      }
      second.close();
    }
  }

  @Test
  void closingEarlyGivesTheHalfFilledBatchBack() throws Exception {
    SampleOptions options = options(32, 100, 11, 2);
    CountDownLatch reading = new CountDownLatch(5);
    Augmentation counted =
        (rgb, size, seed, into) -> {
          reading.countDown();
          Augmentation.NONE.apply(rgb, size, seed, into);
        };
    try (SampleStore store = new SampleStore(options, 99)) {
      SampleReader reader = new SampleReader(store, regions, fileOrder(11), counted, 1, 0);
      reading.await();
      reader.close();
      assertThat(store.pool().free()).isEqualTo(2);
      assertThatThrownBy(reader::next).hasMessageContaining("closed");
      reader.close();
    }
  }

  @Test
  void aStoreHasRoomForTheLargestBatchOfItsListsAndNoMore() {
    SampleOptions options = options(32, 100, 4, 2);
    long patch = 32L * 32 * 3 * Float.BYTES;
    try (SampleStore few = SampleStore.of(options, regions.subList(0, 3), List.of());
        SampleStore many = SampleStore.of(options, regions.subList(0, 3), regions)) {
      assertThat(few.bytes()).isEqualTo(2 * 3 * 9 * patch);
      assertThat(many.bytes()).isEqualTo(2 * 4 * 9 * patch);
      assertThatThrownBy(
              () -> new SampleReader(few, regions, fileOrder(11), Augmentation.NONE, 1, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("smaller than a batch");
    }
  }
}
