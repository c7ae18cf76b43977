// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.micromet.CoordinateTiles;
import io.github.micromet.Golden;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.HostileFile;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damaged files give a result or a clear error, in bounded time and memory. A failure names the
 * seed and the number of the file; {@code -Dmicromet.seed} makes them again.
 */
class MutatedTiffTest {
  private static final long SEED = Long.getLong("micromet.seed", 20261124L);

  /** Not a measurement: a hundred times what the slowest takes on a slow machine. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final long SMALL_CACHE_BYTES = 1 << 20;

  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  /**
   * Of the process, heap included. Measured: 104 MiB; a collector that has no reason to hurry may
   * touch most of the 1 GiB heap that the test's JVM is given.
   */
  private static final long MAX_GROWTH_BYTES = 768L << 20;

  @Test
  void threeHundredDamagedFilesGiveAResultOrAClearError() throws IOException {
    damage(300);
  }

  @Test
  @Tag("slow")
  void fiveThousandDamagedFilesGiveAResultOrAClearError() throws IOException {
    damage(5000);
  }

  private static void damage(int files) throws IOException {
    List<byte[]> sound = sound();
    for (byte[] file : sound) {
      assertThat(outcome(file)).isEqualTo("read");
    }
    Map<Mutation, List<String>> outcomes = new EnumMap<>(Mutation.class);
    long nativeBefore = Pointer.totalBytes();
    OptionalLong peakBefore = peakBytes();
    long nativeMost = 0;
    for (int i = 0; i < files; i++) {
      SplittableRandom random = new SplittableRandom(SEED + i);
      byte[] file = sound.get(i % sound.size()).clone();
      Mutation mutation = Mutation.values()[random.nextInt(Mutation.values().length)];
      byte[] damaged = mutation.apply(file, random);
      String name = mutation + ", file " + i + ", seed " + SEED;
      String outcome = assertTimeoutPreemptively(LIMIT, () -> outcome(name, damaged), name);
      outcomes.computeIfAbsent(mutation, m -> new ArrayList<>()).add(outcome);
      nativeMost = Math.max(nativeMost, Pointer.totalBytes() - nativeBefore);
    }
    OptionalLong peakAfter = peakBytes();
    System.out.println(files + " damaged files, -Dmicromet.seed=" + SEED + ": " + counts(outcomes));
    assertThat(nativeMost).as("bytes of native objects that outlive their file").isZero();
    if (peakBefore.isPresent() && peakAfter.isPresent()) {
      assertThat(peakAfter.getAsLong() - peakBefore.getAsLong()).isLessThan(MAX_GROWTH_BYTES);
    }
    // Damage that is never noticed, or always fatal, would mean that this tests nothing.
    assertThat(outcomes.get(Mutation.LOOPS)).contains("error").doesNotContain("faults");
    assertThat(outcomes.get(Mutation.TRUNCATION)).contains("error");
    assertThat(outcomes.get(Mutation.BIT_FLIPS)).contains("read", "faults");
    assertThat(outcomes.get(Mutation.ABSURD_SIZES)).contains("error");
  }

  /** The most memory this process has had at once, where the system says so: on Linux. */
  private static OptionalLong peakBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.notExists(status)) {
      return OptionalLong.empty();
    }
    Matcher found = PEAK.matcher(Files.readString(status));
    return found.find()
        ? OptionalLong.of(Long.parseLong(found.group(1)) << 10)
        : OptionalLong.empty();
  }

  private static String counts(Map<Mutation, List<String>> outcomes) {
    StringBuilder text = new StringBuilder();
    outcomes.forEach(
        (mutation, all) -> {
          text.append(mutation);
          for (String kind : List.of("read", "faults", "error")) {
            long n = all.stream().filter(kind::equals).count();
            text.append(' ').append(kind).append(' ').append(n);
          }
          text.append("; ");
        });
    return text.toString();
  }

  private static String outcome(String name, byte[] file) {
    try {
      return outcome(file);
    } catch (Throwable e) { // what a test is for: tell which file it was
      throw new AssertionError(name + ": " + e, e);
    }
  }

  /** What came of reading all of a file that a user would touch. */
  private static String outcome(byte[] file) {
    try (Slide slide =
        Slides.open(
            new HostileFile("damaged.tif", file),
            SlideOptions.DEFAULT.withCacheBytes(SMALL_CACHE_BYTES))) {
      assertThat(slide.identity()).hasSize(64);
      for (Level level : slide.info().levels()) {
        long right = slide.info().width() - (long) (100 * level.downsample());
        long bottom = slide.info().height() - (long) (100 * level.downsample());
        slide.read(new Region(0, 0, level.index(), 300, 200));
        slide.read(new Region(right, bottom, level.index(), 200, 200));
        slide.read(new Region(right / 2, bottom / 2, level.index(), 64, 64));
      }
      for (String picture : slide.info().associated()) {
        slide.associated(picture);
      }
      return slide.faults().isEmpty() ? "read" : "faults";
    } catch (MicrometException e) {
      assertThat(e.problem()).isNotBlank().doesNotContain("\n").doesNotContain("Exception");
      assertThat(e.kind()).isEqualTo(ErrorKind.INPUT);
      return "error";
    }
  }

  private static List<byte[]> sound() throws IOException {
    TestTiff.Pixels waves = (x, y) -> (int) (x * 3 + y) & 0xff | (int) (y * 5) << 8 & 0xff00;
    TestTiff jpeg = new TestTiff();
    jpeg.add().size(300, 200).tiles(64, 64, TestTiff.Packing.JPEG, waves);
    jpeg.add().size(150, 100).tiles(64, 64, TestTiff.Packing.JPEG, waves).tag(254, 4, 1);
    TestTiff strips = new TestTiff(ByteOrder.BIG_ENDIAN, false);
    strips
        .add()
        .size(120, 90)
        .strips(8, TestTiff.Packing.DEFLATE, (x, y) -> CoordinateTiles.colour(0, x, y));
    return List.of(
        TestTiff.coordinates(ByteOrder.LITTLE_ENDIAN, false, 300, 200, 3, 64).bytes(),
        TestTiff.coordinates(ByteOrder.BIG_ENDIAN, true, 300, 200, 3, 64).bytes(),
        jpeg.bytes(),
        strips.bytes(),
        TestSlides.aperio().bytes(),
        TestSlides.ome().bytes(),
        Files.readAllBytes(Golden.root().resolve("conformance/slides/blobs-jpeg.tif")));
  }
}
