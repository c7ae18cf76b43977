// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.TestData;
import io.github.micromet.grid.Grid;
import io.github.micromet.lesion.Detection;
import io.github.micromet.lesion.Lesion;
import io.github.micromet.map.ProbabilityMap;
import io.github.micromet.run.Records;
import io.github.micromet.slide.Fill;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

class HeatmapTest {
  private static final int TISSUE = 0xC090C0;

  @TempDir Path folder;

  private final Grid grid = new Grid(10, 20, 64); // 1280 x 640 level-0 pixels
  private final ProbabilityMap map = new ProbabilityMap(grid);

  @BeforeEach
  void aFontIsThere() {
    Heatmap.unavailable().ifPresent(why -> TestData.absent("no picture can be drawn: " + why));
  }

  @Test
  void aCellThatWasNotScoredStaysClearAndAScoredOneIsTinted() {
    map.set(2, 3, 0.01);
    map.set(2, 4, 0.99);
    BufferedImage picture = Overlay.draw(thumbnail(), map, List.of(), List.of());

    assertThat(at(picture, 1, 3)).isEqualTo(TISSUE);
    assertThat(at(picture, 2, 3)).isNotEqualTo(TISSUE);
    assertThat(distance(at(picture, 2, 4), TISSUE))
        .isGreaterThan(distance(at(picture, 2, 3), TISSUE));
  }

  @Test
  void rowsGoDownAndColumnsGoRight() {
    map.set(0, 19, 1);
    BufferedImage picture = Overlay.draw(thumbnail(), map, List.of(), List.of());

    assertThat(at(picture, 0, 19)).isNotEqualTo(TISSUE);
    assertThat(at(picture, 9, 0)).isEqualTo(TISSUE);
    assertThat(at(picture, 0, 0)).isEqualTo(TISSUE);
  }

  @Test
  void lesionsAreOutlinedAndDetectionsRingedWhereTheyAre() {
    BufferedImage plain = Overlay.draw(thumbnail(), map, List.of(), List.of());
    BufferedImage marked = Overlay.draw(thumbnail(), map, List.of(lesion()), List.of(detection()));

    // The lesion's left edge is at x0 = 640 of 1280, the thumbnail is 320 wide.
    assertThat(marked.getRGB(160, 60)).isNotEqualTo(plain.getRGB(160, 60));
    assertThat(marked.getRGB(170, 60)).isEqualTo(plain.getRGB(170, 60));
    // A ring of 6 pixels around (1184, 96) / 4.
    assertThat(marked.getRGB(296 + 6, 24)).isNotEqualTo(plain.getRGB(296 + 6, 24));
    assertThat(marked.getRGB(296, 24)).isEqualTo(plain.getRGB(296, 24));
  }

  @Test
  void theSameInputGivesTheSameBytes() throws IOException {
    map.set(2, 3, 0.7);

    assertThat(write("b.png", caption(List.of()))).isEqualTo(write("a.png", caption(List.of())));
  }

  @Test
  void thePictureHoldsTheWholeThumbnailAndGrowsByALineForEachLabel() throws IOException {
    write("a.png", caption(List.of()));
    write("b.png", caption(List.of("Untrained network.", "Synthetic slide.")));
    BufferedImage without = read("a.png");
    BufferedImage with = read("b.png");

    assertThat(without.getWidth()).isGreaterThan(320);
    assertThat(with.getHeight() - without.getHeight()).isEqualTo(2 * 19);
    assertThat(count(with, 0xB02010)).isGreaterThan(count(without, 0xB02010) + 50);
  }

  @Test
  void aTinySlideAndAVeryLongNameStillMakeAPicture() throws IOException {
    Thumbnail tiny = new Thumbnail(new RgbImage(1, 1), 1, 1);
    Caption caption =
        new Caption("long ".repeat(200), Optional.empty(), "by ".repeat(300), List.of());
    Heatmap.write(
        folder.resolve("t.png"),
        tiny,
        new ProbabilityMap(new Grid(1, 1, 64)),
        List.of(),
        List.of(),
        caption);

    assertThat(read("t.png").getWidth()).isBetween(400, 600);
  }

  @Test
  void theScaleBarIsARoundLengthOfAtMostAQuarterOfTheWidth() {
    ScaleBar slide = ScaleBar.of(Mpp.of(0.25), 1000 / 100_000.0, 1000); // 25 mm wide
    assertThat(slide.text()).isEqualTo("5 mm");
    assertThat(slide.px()).isEqualTo(200);

    ScaleBar region = ScaleBar.of(Mpp.of(0.25), 1000 / 2868.0, 1000); // 717 um wide
    assertThat(region.text()).isEqualTo("100 µm");
    assertThat(region.px()).isLessThanOrEqualTo(250);

    assertThat(ScaleBar.of(Mpp.of(0.5), 1, 16).text()).isEqualTo("2 µm");
    assertThat(ScaleBar.of(Mpp.of(0.243), 1, 4).text()).isEqualTo("0.2 µm");
  }

  @Test
  void lightnessFallsEvenlyFromZeroToOneSoThatGreyPrintKeepsTheOrder() {
    double previous = ColourMap.lightness(ColourMap.rgb(0));
    double first = previous;
    double last = ColourMap.lightness(ColourMap.rgb(1));
    for (int i = 1; i <= 10; i++) {
      double lightness = ColourMap.lightness(ColourMap.rgb(i / 10.0));
      assertThat(previous - lightness)
          .isBetween((first - last) / 10 * 0.5, (first - last) / 10 * 1.6);
      previous = lightness;
    }
    assertThat(ColourMap.rgb(-1)).isEqualTo(0xFFF3B8);
    assertThat(ColourMap.rgb(2)).isEqualTo(0x7A0A1C);
  }

  @Test
  void theCaptionNamesProgramModelAndPrecision() {
    Caption caption = Caption.of("a.tif", Optional.empty(), Records.provenance());

    assertThat(caption.by()).isEqualTo("Micromet 0.1.0, model.pt (abababababab), fp32");
    assertThat(caption.labels()).containsExactly("untrained network");
  }

  private byte[] write(String name, Caption caption) throws IOException {
    Path file = folder.resolve(name);
    Heatmap.write(file, thumbnail(), map, List.of(lesion()), List.of(detection()), caption);
    return Files.readAllBytes(file);
  }

  private BufferedImage read(String name) throws IOException {
    return ImageIO.read(folder.resolve(name).toFile());
  }

  private static Caption caption(List<String> labels) {
    return new Caption("a.tif", Optional.of(Mpp.of(0.25)), "Micromet", labels);
  }

  private static Thumbnail thumbnail() {
    RgbImage image = new RgbImage(320, 160);
    image.fill(new Fill(0xC0, 0x90, 0xC0), true);
    return new Thumbnail(image, 1280, 640);
  }

  private static int at(BufferedImage picture, int row, int column) {
    return picture.getRGB(column * 16 + 8, row * 16 + 8) & 0xffffff;
  }

  private static int distance(int one, int other) {
    return Math.abs((one >> 16) - (other >> 16))
        + Math.abs((one >> 8 & 0xff) - (other >> 8 & 0xff))
        + Math.abs((one & 0xff) - (other & 0xff));
  }

  private static long count(BufferedImage picture, int colour) {
    long count = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        count += (picture.getRGB(x, y) & 0xffffff) == colour ? 1 : 0;
      }
    }
    return count;
  }

  private static Lesion lesion() {
    GeometryFactory shapes = new GeometryFactory();
    Polygon square = (Polygon) shapes.toGeometry(new Envelope(640, 896, 192, 448));
    return new Lesion(square, 16, 0.9, 0.7, 65536, OptionalDouble.empty(), OptionalDouble.empty());
  }

  private static Detection detection() {
    return new Detection(1, 18, 0.9, 1184, 96, 1184, 96);
  }
}
