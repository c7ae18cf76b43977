// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.micromet.Golden;
import io.github.micromet.eval.FalsePositive;
import io.github.micromet.eval.FrocBand;
import io.github.micromet.eval.FrocCurve;
import io.github.micromet.eval.FrocResult;
import io.github.micromet.eval.LesionResult;
import io.github.micromet.eval.SlideScore;
import io.github.micromet.eval.stat.Interval;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrocReportTest {
  private static final Path SLIDE = Golden.root().resolve("conformance/slides/blobs-jpeg.tif");
  private static final String EVIL = "<img src='http://x'>&\"evil\".tif";
  private static final List<Double> RATES = List.of(0.25, 0.5, 1.0, 2.0, 4.0, 8.0);
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?:src|href)\\s*=\\s*[\"']?+(?!data:image/jpeg;base64,)", Pattern.CASE_INSENSITIVE);

  @TempDir private Path folder;

  private static FrocResult result(
      double score, List<SlideScore> slides, List<LesionResult> lesions, List<FalsePositive> fps) {
    FrocCurve curve =
        new FrocCurve(
            List.of(
                new FrocCurve.Point(0.6, 1.5, 0.75),
                new FrocCurve.Point(0.8, 0.5, 0.5),
                new FrocCurve.Point(Double.POSITIVE_INFINITY, 0, 0)));
    return new FrocResult(
        "monai-48 1",
        "monai",
        curve,
        score,
        Optional.of(new Interval(0.4125, 0.8375, 0.95)),
        RATES,
        List.of(0.25, 0.5, 0.625, 0.75, 0.75, 0.75),
        slides,
        lesions,
        fps,
        List.of("Slide a<b has no map."));
  }

  private static FrocResult usual(String slide) {
    return result(
        0.60417,
        List.of(new SlideScore(slide, 3, 2, 1, 1, 0.9375)),
        List.of(
            new LesionResult(slide, 1, LesionResult.Size.MACRO, true, 0.9375, 2345, 3e6, 300, 200),
            new LesionResult(slide, 2, LesionResult.Size.MICRO, true, 0, 612, 2e5, 500, 500),
            new LesionResult(slide, 3, LesionResult.Size.ITC, false, 0, 90, 6e3, 100, 100)),
        List.of(new FalsePositive(slide, 0.8125, 700, 400)));
  }

  private static FrocContext context(Map<String, Path> slides) {
    return new FrocContext(
        "Evaluation of <b>",
        slides,
        Map.of("spacing", "0.243"),
        Map.of("model.pt", "ab12"),
        Optional.of(
            new FrocBand(
                RATES, List.of(.1, .2, .3, .4, .5, .5), List.of(.5, .6, .7, .8, .9, .9), 0.95)));
  }

  private String page(FrocResult result, FrocContext context) throws IOException {
    FrocReport.write(folder, result, context);
    return Files.readString(folder.resolve("report.html"));
  }

  @Test
  void thePageHoldsTheNumbersAndWhereTheyComeFrom() throws IOException {
    String page = page(usual("a.tif"), context(Map.of()));

    assertThat(page)
        .contains("0.6042", "95 % interval 0.4125 to 0.8375", "1 / 2", "monai-48 1")
        .contains("0.6250", "1/4", "2345", "found", "missed, not counted", "0.9375", "0.8125")
        .contains("0.243", "ab12", "Research use only", "class=\"area band\"");
  }

  @Test
  void nothingOutsideThePageIsReferredTo() throws IOException {
    String page = page(usual("blobs"), context(Map.of("blobs", SLIDE)));

    assertThat(page).doesNotContain("http://", "https://", "url(", "@import", "<script", "<link");
    assertThat(REFERENCE.matcher(page).find()).isFalse();
  }

  @Test
  void aNameIsNeverMarkup() throws IOException {
    String page = page(usual(EVIL), context(Map.of()));

    assertThat(page)
        .contains("&lt;img src=&#39;http://x&#39;&gt;&amp;&quot;evil&quot;.tif")
        .contains("Evaluation of &lt;b&gt;", "Slide a&lt;b has no map.")
        .doesNotContain("<img");
  }

  @Test
  void missedLesionsAndFalsePositivesArePicturesOfTheirPlace() throws IOException {
    String page = page(usual("blobs"), context(Map.of("blobs", SLIDE)));

    List<BufferedImage> pictures = new ArrayList<>();
    Matcher uris = Pattern.compile("src=\"data:image/jpeg;base64,([^\"]+)\"").matcher(page);
    while (uris.find()) {
      byte[] bytes = Base64.getDecoder().decode(uris.group(1));
      pictures.add(ImageIO.read(new ByteArrayInputStream(bytes)));
    }
    assertThat(pictures).as("one lesion missed that counts, one false positive").hasSize(2);
    assertThat(pictures).allMatch(p -> p.getWidth() == Spot.PIXELS);
  }

  @Test
  void aSlideThatIsAbsentOrBrokenCostsItsPictureOnly() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.tif"), "no slide");

    assertThat(page(usual("s"), context(Map.of()))).contains("slide not given");
    assertThat(page(usual("s"), context(Map.of("s", broken))))
        .contains("not readable: ")
        .doesNotContain("<img");
  }

  @Test
  void withoutLesionsTheScoreIsSaidNotToBeDefined() throws IOException {
    FrocResult none =
        result(Double.NaN, List.of(new SlideScore("n.tif", 0, 0, 0, 2, 0.7)), List.of(), List.of());

    String page = page(none, context(Map.of()));

    assertThat(page).contains("not defined", "–").doesNotContain("NaN");
    assertThat(folder.resolve("froc.png")).isNotEmptyFile();
  }

  @Test
  void withoutSlidesThereIsStillAPage() throws IOException {
    FrocResult empty =
        new FrocResult(
            "p",
            "correct",
            new FrocCurve(List.of()),
            Double.NaN,
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    assertThat(page(empty, FrocContext.titled("Empty"))).contains("0 / 0", "</html>");
  }

  @Test
  void manyPlacesAreCutAndTheCutIsSaid() throws IOException {
    List<FalsePositive> many = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      many.add(new FalsePositive("s" + i, 0.9, i, i));
    }

    String page = page(result(0.5, List.of(), List.of(), many), context(Map.of()));

    assertThat(page).contains(FrocPage.MOST_PICTURES + " of 200 are shown");
    assertThat(page.split("<figure>", -1)).hasSize(FrocPage.MOST_PICTURES + 1);
  }

  @Test
  void theCurveOfThePageGoesThroughItsDots() {
    Chart chart = FrocChart.of(usual("a"), Optional.empty());
    Chart.Line line = chart.lines().get(0);

    for (Chart.Dot dot : chart.dots()) {
      double nearest = Double.POSITIVE_INFINITY;
      double height = 0;
      for (int i = 0; i < line.x().length; i++) {
        if (Math.abs(line.x()[i] - dot.x()) < nearest) {
          nearest = Math.abs(line.x()[i] - dot.x());
          height = line.y()[i];
        }
      }
      assertThat(height).isCloseTo(dot.y(), within(0.01));
    }
  }
}
