// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.Golden;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.map.NpyFile;
import io.github.micromet.net.Engine;
import io.github.micromet.patch.Stride;
import io.github.micromet.pixels.PixelBatch;
import io.github.micromet.run.Progress;
import io.github.micromet.run.SlideOutcome;
import io.github.micromet.run.SlideRecord;
import io.github.micromet.slide.Mpp;
import io.github.micromet.synth.Synth;
import io.github.micromet.synth.SynthOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CohortTest {
  private static final Path BLOBS = Golden.root().resolve("conformance/slides/blobs-jpeg.tif");
  private static final Path BLACK =
      Golden.root().resolve("conformance/slides/blobs-black-columns.tif");

  @TempDir Path folder;

  private final List<SlideOutcome> told = new ArrayList<>();

  private DetectOptions options() {
    return DetectOptions.into(folder.resolve("out"));
  }

  private static DetectOptions with(DetectOptions o, TissueChoice tissue, Optional<Long> memory) {
    return new DetectOptions(
        o.out(),
        o.overwrite(),
        o.mode(),
        tissue,
        o.maskLevel(),
        o.threshold(),
        o.batch(),
        2,
        memory,
        o.wholeFileHash(),
        o.labels());
  }

  private List<SlideOutcome> run(DetectOptions options, SlideList slides) {
    return Cohort.run(slides, MeanEngine.model(), options, Progress.NONE, told::add, () -> false);
  }

  private static SlideList slides(Path... files) {
    return SlideList.of(List.of(files), Optional.empty(), Optional.empty());
  }

  @Test
  void aSlideThatFailsIsReportedAndTheRestGoOn() throws IOException {
    Path broken = Files.writeString(folder.resolve("a-broken.tif"), "not a slide at all");
    List<SlideOutcome> outcomes = run(options(), slides(broken, BLOBS));
    assertThat(outcomes.get(0))
        .isInstanceOfSatisfying(
            SlideOutcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(ErrorKind.INPUT);
              assertThat(failed.reason()).contains("a-broken.tif");
            });
    assertThat(outcomes.get(1)).isInstanceOf(SlideRecord.class);
    assertThat(told).isEqualTo(outcomes);
    assertThat(Files.readAllLines(folder.resolve("out/summary.csv")))
        .hasSize(3)
        .anyMatch(line -> line.startsWith("a-broken.tif,failed"))
        .anyMatch(line -> line.startsWith("blobs-jpeg.tif,done"));
  }

  @Test
  void everyFileOfASlideIsWritten() {
    run(options(), slides(BLOBS));
    Path out = folder.resolve("out");
    for (String ending : List.of("npy", "detections.csv", "geojson", "heatmap.png", "run.json")) {
      assertThat(out.resolve("blobs-jpeg." + ending)).isNotEmptyFile();
    }
    SlideRecord record = SlideRecord.read(out.resolve("blobs-jpeg.run.json"));
    assertThat(record.outputs()).hasSize(4);
    assertThat(record.windows().scored()).isEqualTo(record.tissue().cells()).isPositive();
  }

  @Test
  void aSmallerBoxLeavesMoreDetectionsAndStandsInTheRecord() {
    DetectOptions low =
        new DetectOptions(
            folder.resolve("out"),
            Optional.empty(),
            options().mode(),
            TissueChoice.DEFAULT,
            6,
            0,
            16,
            2,
            Optional.empty(),
            false,
            List.of());
    SlideRecord wide = (SlideRecord) run(low, slides(BLOBS)).get(0);
    SlideRecord narrow = (SlideRecord) run(low.withNmsBox(4), slides(BLOBS)).get(0);
    assertThat(narrow.findings().detections()).isGreaterThan(wide.findings().detections());
    assertThat(narrow.provenance().parameters().values()).containsEntry("nms-box", 4);
  }

  @Test
  void aSlideWithoutTissueGetsAnAllZeroMapAndAWarning() {
    // Ten percent of black columns empty the reference's mask.
    SlideOutcome outcome =
        run(with(options(), TissueChoice.REFERENCE, Optional.empty()), slides(BLACK)).get(0);
    assertThat(((SlideRecord) outcome).notes()).anyMatch(note -> note.contains("No tissue"));
    double[] values = NpyFile.read(folder.resolve("out/blobs-black-columns.npy")).values();
    assertThat(values).isNotEmpty().containsOnly(0);
  }

  @Test
  void byDefaultFillIsLeftOutSoThatSlideHasTissueAndSaysSo() {
    SlideRecord record = (SlideRecord) run(options(), slides(BLACK)).get(0);
    assertThat(record.tissue().cells()).isPositive();
    assertThat(record.notes()).anyMatch(note -> note.contains("reference"));
  }

  @Test
  void whatIsFinishedIsKeptWhenTheRunIsStopped() throws IOException {
    Path second = Files.copy(BLOBS, folder.resolve("second.tif"));
    AtomicInteger ended = new AtomicInteger();
    List<SlideOutcome> outcomes =
        Cohort.run(
            slides(BLOBS, second),
            MeanEngine.model(),
            options(),
            Progress.NONE,
            outcome -> ended.incrementAndGet(),
            () -> ended.get() > 0);
    assertThat(outcomes.get(0)).isInstanceOf(SlideRecord.class);
    assertThat(outcomes.get(1)).isInstanceOf(SlideOutcome.Stopped.class);
    assertThat(folder.resolve("out/blobs-jpeg.npy")).exists();
    assertThat(folder.resolve("out/run.json")).content().contains("stopped");
  }

  @Test
  void tooLittleMemoryIsRefusedBeforeAnyWorkWithWhatIsNeeded() {
    DetectOptions small = with(options(), TissueChoice.DEFAULT, Optional.of(100L << 20));
    assertThatThrownBy(() -> run(small, slides(BLOBS)))
        .isInstanceOfSatisfying(
            MicrometException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE);
              assertThat(e.problem()).contains("2 threads need");
            });
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void littleMemoryMakesBatchesSmallerAndTheRecordSaysSo() {
    long least = Runtime.getRuntime().maxMemory() + MemoryBudget.MACHINE_BYTES + (8L << 20);
    DetectOptions tight = with(options(), TissueChoice.DEFAULT, Optional.of(least));
    SlideRecord record = (SlideRecord) run(tight, slides(BLOBS)).get(0);
    assertThat(record.notes()).anyMatch(note -> note.contains("instead of 16"));
    assertThat((int) record.provenance().parameters().values().get("batch")).isLessThan(16);
  }

  @Test
  void aSpacingFarFromTheModelsIsSaid() {
    SlideRecord record = (SlideRecord) run(options(), slides(BLOBS).withMpp(Mpp.of(0.5))).get(0);
    assertThat(record.notes()).anyMatch(note -> note.contains("0.500 microns per pixel"));
    assertThat(record.slide().mpp()).hasValueSatisfying(mpp -> assertThat(mpp.x()).isEqualTo(0.5));
  }

  @Test
  void twoRunsGiveTheSameBytes() throws IOException {
    run(options(), slides(BLOBS));
    byte[] first = Files.readAllBytes(folder.resolve("out/blobs-jpeg.geojson"));
    byte[] map = Files.readAllBytes(folder.resolve("out/blobs-jpeg.npy"));
    run(options(), slides(BLOBS));
    assertThat(Files.readAllBytes(folder.resolve("out/blobs-jpeg.geojson"))).isEqualTo(first);
    assertThat(Files.readAllBytes(folder.resolve("out/blobs-jpeg.npy"))).isEqualTo(map);
  }

  @Test
  void aSlideWhoseTilesCannotBeDecodedIsDoneAndSaysThatItWasNotSeen() throws IOException {
    byte[] bytes = Files.readAllBytes(BLOBS);
    for (int i = 0; i + 2 < bytes.length; i++) {
      if (bytes[i] == (byte) 0xff && bytes[i + 1] == (byte) 0xd8 && bytes[i + 2] == (byte) 0xff) {
        bytes[i] = 0;
      }
    }
    Path broken = Files.write(folder.resolve("broken.tif"), bytes);
    SlideRecord record = (SlideRecord) run(options(), slides(broken)).get(0);
    assertThat(record.badTiles()).isNotEmpty();
    assertThat(record.notes())
        .anyMatch(note -> note.contains("tissue was looked for in could not be decoded"));
  }

  @Test
  void aHeapThatIsTooSmallEndsTheRunWithARecordOfWhatIsFinished() {
    Engine full =
        new MeanEngine() {
          @Override
          public void logits(PixelBatch in, float[] out) {
            throw new OutOfMemoryError("Java heap space");
          }
        };
    Model model = new Model(full, MeanEngine.model().source());
    assertThatThrownBy(
            () ->
                Cohort.run(slides(BLOBS), model, options(), Progress.NONE, told::add, () -> false))
        .isInstanceOfSatisfying(
            MicrometException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE))
        .hasMessageContaining("does not fit in the heap");
    assertThat(folder.resolve("out/run.json")).content().contains("\"failed\"");
  }

  @Test
  void slidingWindowsHaveACellEachAndTheirCentresAsCoordinates() throws IOException {
    DetectOptions o = options();
    DetectOptions sliding =
        new DetectOptions(
            o.out(),
            o.overwrite(),
            new Mode.Sliding(new Stride.Pixels(100)),
            TissueChoice.DEFAULT,
            6,
            0,
            o.batch(),
            2,
            Optional.empty(),
            false,
            List.of());
    SlideRecord record = (SlideRecord) run(sliding, slides(BLOBS)).get(0);
    NpyFile.Content map = NpyFile.read(folder.resolve("out/blobs-jpeg.npy"));
    long full = (record.slide().levels().get(0).width() - 224) / 100 + 1;
    assertThat(map.columns()).isEqualTo((int) full);
    assertThat(record.windows().scored()).isPositive().isLessThan((long) map.rows() * full);
    List<String> rows = Files.readAllLines(folder.resolve("out/blobs-jpeg.detections.csv"));
    assertThat(rows).hasSizeGreaterThan(1);
    String[] first = rows.get(1).split(",", -1);
    double x0 = Integer.parseInt(first[1]) * 100 + 112;
    assertThat(Double.parseDouble(first[3])).isEqualTo(x0);
    assertThat(first[5]).isEqualTo(Long.toString((long) x0));
  }

  @Test
  void whatIsFoundOnASyntheticSlideSaysThatItIsOne() {
    SynthOptions drawn = SynthOptions.DEFAULT.withSlides(0, 1).withSize(512, 512);
    Path slide = Synth.write(folder.resolve("s"), drawn, Progress.NONE).slides().get(0).image();
    SlideRecord record = (SlideRecord) run(options(), slides(slide)).get(0);
    assertThat(record.provenance().labels()).anyMatch(label -> label.contains("Synthetic slide"));
    SlideRecord other = (SlideRecord) run(options(), slides(BLOBS)).get(0);
    assertThat(other.provenance().labels()).isEmpty();
  }
}
