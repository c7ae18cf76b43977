// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.Generated;
import io.github.micromet.RegionGolden;
import io.github.micromet.TestData;
import io.github.micromet.slide.ByteSource;
import io.github.micromet.slide.HostileFile;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideFormat;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.Verdict;
import io.github.micromet.slide.codec.Photometric;
import io.github.micromet.slide.codec.TileLayout;
import io.github.micromet.slide.formats.Slides;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of docs/slides.md are made by opening files. */
class SlidesPageTest {
  private static final String PAGE = "docs/slides.md";

  private static final List<String> READ =
      List.of(
          "c17-region-7-levels",
          "c17-region-jpeg-pyramid",
          "c17-region-mask",
          "cmu-1-7-levels",
          "cmu-1-small-region",
          "codec-bigendian-deflate",
          "codec-deflate",
          "codec-jpeg-rgb",
          "codec-jpeg-ycbcr",
          "codec-lzw-predictor",
          "codec-none",
          "codec-planar-lzw",
          "codec-strips-lzw",
          "codec-webp",
          "codec-zstd",
          "generic-pyramid-deflate",
          "mask-bigtiff-lzw",
          "ome-subifd-jpeg.ome",
          "blobs-jpeg");

  private static final List<String> OTHERS =
      List.of(
          "tcga-cr-7395-j2k-33005.svs",
          "hamamatsu-dapi.ndpi",
          "ome-subifd-uint16.ome.tif",
          "camelyon-jpeg-tiled-full.dcm");

  @Test
  void theTableOfReadFilesIsWhatOpeningThemSays() throws IOException, TiffException {
    StringBuilder table =
        new StringBuilder("| file | format | container | stored in | codec | levels | equals |\n");
    table.append("|---|---|---|---|---|---|---|\n");
    for (String name : READ) {
      table.append(row(name));
    }
    Generated.part(PAGE, "read", table.toString());
  }

  private static String row(String name) throws IOException, TiffException {
    List<RegionGolden> goldens = RegionGolden.of(name);
    Path file = goldens.get(0).slide();
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT);
        ByteSource source = ByteSource.of(file)) {
      SlideInfo info = slide.info();
      assertThat(info.reader()).isEqualTo("micromet");
      TiffLayout layout = TiffLayout.of(TiffFile.read(source).directories().get(0));
      TreeSet<String> readers = new TreeSet<>();
      goldens.forEach(golden -> readers.add(golden.reader()));
      return cells(
          file.getFileName().toString(),
          info.format(),
          container(source),
          (layout.tiled() ? "tiles of " : "strips of ") + sizes(info.level(0)),
          codec(layout.tile()),
          Integer.toString(info.levels().size()),
          String.join(", ", readers));
    }
  }

  private static String sizes(Level level) {
    return level.tileWidth() + " x " + level.tileHeight();
  }

  private static String container(ByteSource file) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(4);
    file.read(0, head);
    boolean big = head.get(2) + head.get(3) == 43;
    return (big ? "BigTIFF" : "TIFF") + (head.get(0) == 'M' ? ", big-endian" : "");
  }

  private static String codec(TileLayout tile) {
    String colour =
        switch (tile.photometric()) {
          case MIN_IS_WHITE, MIN_IS_BLACK -> "grey";
          case RGB -> "RGB";
          case YCBCR -> "YCbCr";
        };
    assertThat(tile.samples()).isBetween(tile.photometric().colours(), Photometric.RGB.colours());
    return tile.codec().words()
        + " "
        + colour
        + (tile.predictor() ? ", predictor 2" : "")
        + (tile.planar() ? ", planar" : "");
  }

  @Test
  void theTableOfOtherFilesIsWhatEachFormatSaysOfThem() throws IOException {
    StringBuilder table = new StringBuilder("| file | Micromet's own readers say |\n|---|---|\n");
    for (String name : OTHERS) {
      table.append(cells(name, reasons(TestData.file("slides/" + name))));
    }
    Generated.part(PAGE, "others", table.toString());
  }

  /** Without the host's library, whose words depend on the machine. */
  private static String reasons(Path file) throws IOException {
    try (ByteSource source = ByteSource.of(file)) {
      Map<String, String> formatsByReason = new LinkedHashMap<>();
      for (SlideFormat format :
          List.of(new AperioFormat(), new OmeTiffFormat(), new GenericTiffFormat())) {
        formatsByReason.merge(
            reason(format.examine(source)), format.name(), (a, b) -> a + ", " + b);
      }
      return formatsByReason.entrySet().stream()
          .map(e -> e.getValue() + ": " + e.getKey())
          .collect(Collectors.joining("<br>"));
    }
  }

  private static String reason(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.No.class);
    return ((Verdict.No) verdict).reason();
  }

  @Test
  void theTableOfRefusedLayoutsQuotesTheWords() throws IOException {
    Map<String, Consumer<TestTiff.Directory>> lies = new LinkedHashMap<>();
    lies.put("16 bits a sample", d -> d.tag(258, TestTiff.SHORT, 16, 16, 16));
    lies.put(
        "floating point",
        d -> d.tag(258, TestTiff.SHORT, 32, 32, 32).tag(339, TestTiff.SHORT, 3, 3, 3));
    lies.put("two samples of RGB", d -> d.tag(277, TestTiff.SHORT, 2));
    lies.put("more than four samples", d -> d.tag(277, TestTiff.SHORT, 5));
    lies.put("palette", d -> d.tag(262, TestTiff.SHORT, 3));
    lies.put("CMYK", d -> d.tag(262, TestTiff.SHORT, 5));
    lies.put("L\\*a\\*b\\*", d -> d.tag(262, TestTiff.SHORT, 8));
    lies.put("YCbCr outside JPEG", d -> d.tag(262, TestTiff.SHORT, 6));
    lies.put("floating-point predictor", d -> d.tag(317, TestTiff.SHORT, 3));
    lies.put("reversed bits", d -> d.tag(266, TestTiff.SHORT, 2));
    lies.put("JPEG in planes", d -> d.tag(259, TestTiff.SHORT, 7).tag(284, TestTiff.SHORT, 2));
    lies.put("old-style JPEG", d -> d.tag(259, TestTiff.SHORT, 6));
    lies.put("JPEG 2000", d -> d.tag(259, TestTiff.SHORT, 33005));
    lies.put("JPEG XR", d -> d.tag(259, TestTiff.SHORT, 22610));
    lies.put("JPEG XL", d -> d.tag(259, TestTiff.SHORT, 50002));
    lies.put("PackBits", d -> d.tag(259, TestTiff.SHORT, 32773));
    lies.put("LZMA", d -> d.tag(259, TestTiff.SHORT, 34925));
    lies.put("fax", d -> d.tag(259, TestTiff.SHORT, 4));
    lies.put("enormous tiles", d -> d.tag(322, TestTiff.LONG, 16384).tag(323, TestTiff.LONG, 8192));

    StringBuilder table = new StringBuilder("| what | the words |\n|---|---|\n");
    lies.forEach((what, lie) -> table.append(cells(what, refusal(lie))));
    Generated.part(PAGE, "refused", table.toString());
  }

  private static String refusal(Consumer<TestTiff.Directory> lie) {
    TestTiff tiff = new TestTiff(ByteOrder.LITTLE_ENDIAN, false);
    TestTiff.Directory directory =
        tiff.add().size(64, 64).tiles(64, 64, TestTiff.Packing.DEFLATE, (x, y) -> 0x808080);
    lie.accept(directory);
    try {
      return reason(new GenericTiffFormat().examine(new HostileFile("lie.tif", tiff.bytes())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String cells(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
