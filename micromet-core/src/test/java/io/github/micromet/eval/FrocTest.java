// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.Golden;
import io.github.micromet.GoldenJson;
import io.github.micromet.eval.Protocol.SlideRule;
import io.github.micromet.grid.Grid;
import io.github.micromet.lesion.Detection;
import io.github.micromet.lesion.ProbNms;
import io.github.micromet.map.ProbabilityMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** MONAI's evaluation, number by number. */
class FrocTest {
  private static final double AXIS_TOLERANCE = 1e-9;
  private static final List<Double> RATES = List.of(0.25, 0.5, 1.0, 2.0, 4.0, 8.0);

  @Test
  void theWorkedExampleAndThePublishedScoresAreMonais() {
    int compared = 0;
    for (JsonNode c : GoldenJson.read("froc/scoring.json")) {
      FrocResult result =
          Froc.of(slides(c), protocol(rates(c)), Compat.MONAI, Optional.empty(), List.of());
      assertCurve(result.curve(), c.get("curve"), c.toString());
      assertThat(result.score()).as(c.toString()).isEqualTo(Double.valueOf(number(c.get("score"))));
      compared++;
    }
    assertThat(compared).isEqualTo(6);
  }

  @Test
  void theLowestProbabilityIsDroppedAndAtEqualXTheHighestYCounts() {
    List<SlideCount> slides =
        List.of(
            count(new double[] {.9, .8, .6}, new double[] {.95, .7, 0}),
            count(new double[0], new double[0]));

    FrocResult result = Froc.of(slides, protocol(RATES), Compat.MONAI, Optional.empty(), List.of());

    assertThat(result.curve().points())
        .extracting(FrocCurve.Point::falsePositives)
        .containsExactly(1.5, 1.0, 1.0, 0.5, 0.0, 0.0);
    assertThat(result.score()).isEqualTo(0.5555555555555555);
    assertThat(result.sensitivities().get(2)).isEqualTo(2.0 / 3);
  }

  @Test
  void detectionsAreCountedAsMonaiCountsThem() {
    int compared = 0;
    for (JsonNode c : GoldenJson.read("froc/counting.json")) {
      JsonNode rows = c.get("mask");
      int columns = rows.get(0).size();
      int[] labels = new int[rows.size() * columns];
      Arrays.setAll(labels, at -> rows.get(at / columns).get(at % columns).intValue());
      BitSet itc = new BitSet();
      c.get("itc").forEach(label -> itc.set(label.intValue()));
      List<ScoredPoint> points = new ArrayList<>();
      for (int i = 0; i < c.get("probs").size(); i++) {
        points.add(
            new ScoredPoint(
                c.get("probs").get(i).doubleValue(),
                c.get("x").get(i).doubleValue(),
                c.get("y").get(i).doubleValue()));
      }
      LesionMask truth = LesionMask.ofLabels(rows.size(), columns, labels, itc);
      Protocol protocol = protocol(RATES).withLevel(c.get("level").intValue());

      SlideCount count = Froc.count("a", points, truth, protocol, 1, 1);

      String name = c.get("name").textValue();
      assertThat(count.falsePositiveValues()).as(name).isEqualTo(doubles(c.get("fp")));
      assertThat(count.truePositiveValues()).as(name).isEqualTo(doubles(c.get("tp")));
      assertThat(count.targets()).as(name).isEqualTo(c.get("targets").intValue());
      compared++;
    }
    assertThat(compared).isEqualTo(5);
  }

  @Test
  void peaksOfMonaisPublishedCasesAreFound() {
    for (JsonNode c : GoldenJson.read("froc/published-nms.json")) {
      int size = c.get("size").intValue();
      ProbabilityMap map = new ProbabilityMap(new Grid(size, size, 2));
      c.get("points")
          .forEach(p -> map.set(p.get(0).intValue(), p.get(1).intValue(), p.get(2).doubleValue()));

      assertThat(ProbNms.detect(map, 0.5, c.get("box").intValue(), c.get("level").intValue()))
          .extracting(d -> List.<Number>of(d.probability(), (int) d.yRef(), (int) d.xRef()))
          .containsExactlyElementsOf(detections(c.get("expected")));
    }
  }

  @Test
  void monaisPublishedCasesGiveTheSameAllTheWay() {
    int compared = 0;
    for (JsonNode c : GoldenJson.read("froc/published.json")) {
      List<ProbabilityMap> maps = new ArrayList<>();
      List<TumourMask> masks = new ArrayList<>();
      for (JsonNode slide : c.get("slides")) {
        Grid grid = new Grid(c.get("rows").intValue(), c.get("columns").intValue(), 1);
        ProbabilityMap map = new ProbabilityMap(grid);
        slide
            .get("points")
            .forEach(
                p -> map.set(p.get(0).intValue(), p.get(1).intValue(), p.get(2).doubleValue()));
        byte[] mask = new byte[grid.cells()];
        for (JsonNode box : slide.get("boxes")) {
          for (int row = box.get(0).intValue(); row < box.get(1).intValue(); row++) {
            Arrays.fill(
                mask,
                grid.index(row, box.get(2).intValue()),
                grid.index(row, box.get(3).intValue()),
                (byte) 1);
          }
        }
        maps.add(map);
        masks.add(new TumourMask(grid.rows(), grid.columns(), mask));
      }
      Protocol protocol =
          protocol(0, 1, c.get("grow").doubleValue(), c.get("itc").doubleValue(), RATES);
      assertWhole(maps, masks, protocol, c.get("expected"), c.get("name").textValue());
      compared++;
    }
    assertThat(compared).isEqualTo(10);
  }

  @Test
  void tenRandomMapsGiveTheSameAllTheWay() {
    int[] shape = Golden.shape(Golden.file("froc/random-maps.npy"));
    byte[] quantised = Golden.bytes(Golden.file("froc/random-maps.npy"));
    byte[] masks = Golden.bytes(Golden.file("froc/random-masks.npy"));
    int cells = shape[1] * shape[2];
    List<ProbabilityMap> maps = new ArrayList<>();
    List<TumourMask> truths = new ArrayList<>();
    for (int slide = 0; slide < shape[0]; slide++) {
      double[] values = new double[cells];
      int from = slide * cells;
      Arrays.setAll(values, at -> (quantised[from + at] & 0xff) / 255.0);
      maps.add(new ProbabilityMap(new Grid(shape[1], shape[2], 64), values));
      truths.add(new TumourMask(shape[1], shape[2], Arrays.copyOfRange(masks, from, from + cells)));
    }
    assertWhole(
        maps, truths, Protocols.of("monai-48"), GoldenJson.read("froc/random.json"), "random");
  }

  @Test
  void threeRealMapsGiveTheSameAllTheWay() throws IOException {
    JsonNode golden = GoldenJson.read("froc/real.json");
    List<ProbabilityMap> maps = new ArrayList<>();
    List<TumourMask> truths = new ArrayList<>();
    for (JsonNode slide : golden.get("slides")) {
      RealMap real = RealMap.read(slide.get("slide").textValue());
      maps.add(real.map());
      truths.add(real.truth());
    }
    assertWhole(maps, truths, Protocols.of("monai-48").withLevel(5), golden, "real");
  }

  @Test
  void challenge129GivesWhatTheChallengesOwnScriptGives() {
    JsonNode golden = GoldenJson.read("challenge/script.json");
    Grid grid = new Grid(golden.get("rows").intValue(), golden.get("columns").intValue(), 32);
    Protocol protocol = Protocols.of("challenge-129");
    List<SlideCount> counts = new ArrayList<>();
    for (JsonNode slide : golden.get("slides")) {
      LesionMask truth = LesionMask.normal();
      if (!slide.get("boxes").isNull()) {
        byte[] mask = new byte[grid.cells()];
        for (JsonNode box : slide.get("boxes")) {
          for (int row = box.get(0).intValue(); row < box.get(1).intValue(); row++) {
            int from = grid.index(row, box.get(2).intValue());
            Arrays.fill(mask, from, grid.index(row, box.get(3).intValue()), (byte) 255);
          }
        }
        TumourMask tumour = new TumourMask(grid.rows(), grid.columns(), mask);
        truth = Froc.lesions(tumour, protocol, 1, Compat.MONAI);
      }
      List<ScoredPoint> points = new ArrayList<>();
      for (JsonNode p : slide.get("points")) {
        points.add(
            new ScoredPoint(
                p.get(0).doubleValue(), p.get(1).doubleValue(), p.get(2).doubleValue()));
      }
      String name = slide.get("slide").textValue();

      SlideCount count = Froc.count(name, points, truth, protocol, 1, 1);

      assertThat(count.falsePositiveValues()).as(name).isEqualTo(doubles(slide.get("fp")));
      assertThat(count.truePositiveValues()).as(name).isEqualTo(doubles(slide.get("tp")));
      assertThat(count.targets()).as(name).isEqualTo(slide.get("targets").intValue());
      counts.add(count);
    }

    FrocResult result = Froc.of(counts, protocol, Compat.MONAI, Optional.empty(), List.of());

    double[] rates = doubles(golden.get("falsePositives"));
    double[] sensitivities = doubles(golden.get("sensitivities"));
    List<FrocCurve.Point> curve = result.curve().points();
    assertThat(curve).hasSize(rates.length);
    for (int i = 0; i < rates.length; i++) {
      assertThat(curve.get(i).falsePositives()).isEqualTo(rates[i]);
      assertThat(curve.get(i).sensitivity()).isEqualTo(sensitivities[i]);
    }
    assertThat(result.sensitivities())
        .containsExactlyElementsOf(Arrays.stream(doubles(golden.get("at"))).boxed().toList());
    assertThat(result.score()).isEqualTo(golden.get("mean").doubleValue());
  }

  @Test
  void withoutTargetsTheScoreIsNotANumber() {
    FrocResult result =
        Froc.of(
            List.of(count(new double[] {.9}, new double[0])),
            protocol(RATES),
            Compat.MONAI,
            Optional.empty(),
            List.of());
    assertThat(result.score()).isNaN();
  }

  @Test
  void aDetectionOutsideTheMaskIsAFalsePositiveWithAWarning() {
    TumourMask mask = new TumourMask(4, 4, new byte[16]);
    mask.values()[5] = 1;
    Protocol protocol = protocol(0, 1, 1, 0, RATES);
    LesionMask truth = Froc.lesions(mask, protocol, 1, Compat.MONAI);

    SlideCount count =
        Froc.count(
            "a",
            List.of(new ScoredPoint(0.9, 4, 1), new ScoredPoint(0.8, -7, 1)),
            truth,
            protocol,
            1,
            0.9);

    assertThat(count.falsePositiveValues()).containsExactly(0.9, 0.8);
    assertThat(count.warnings())
        .singleElement()
        .asString()
        .contains("a: 2 detections lie outside", "4 x 4");
  }

  @Test
  void aDetectionOnThePhantomIsNotCountedAndSaidAndCorrectCountsIt() {
    TumourMask mask = new TumourMask(10, 10, new byte[100]);
    Protocol protocol = Protocols.of("monai-48");
    List<ScoredPoint> corner = List.of(new ScoredPoint(0.9, 32, 32));

    SlideCount monai =
        Froc.count("a", corner, Froc.lesions(mask, protocol, 1, Compat.MONAI), protocol, 1, 0.9);
    SlideCount correct =
        Froc.count("a", corner, Froc.lesions(mask, protocol, 1, Compat.CORRECT), protocol, 1, 0.9);

    assertThat(monai.falsePositives()).isEmpty();
    assertThat(monai.lesions()).as("the phantom is no lesion").isEmpty();
    assertThat(monai.truePositiveValues()).as("but its 0 stays in the list").containsExactly(0.0);
    assertThat(monai.warnings()).singleElement().asString().contains("first corner");
    assertThat(correct.falsePositiveValues()).containsExactly(0.9);
    assertThat(correct.truePositiveValues()).isEmpty();
  }

  @Test
  void onlyTheMaskValueIsTumourForMonaiAndEveryOtherForCorrect() {
    Protocol monai48 = Protocols.of("monai-48");
    Protocol challenge = Protocols.of("challenge-129");

    assertThat(monai48.isTumour(1, Compat.MONAI)).isTrue();
    assertThat(monai48.isTumour(2, Compat.MONAI)).isFalse();
    assertThat(monai48.isTumour(255, Compat.MONAI)).isFalse();
    assertThat(monai48.isTumour(255, Compat.CORRECT)).isTrue();
    assertThat(monai48.isTumour(0, Compat.CORRECT)).isFalse();
    assertThat(challenge.isTumour(255, Compat.MONAI)).isTrue();
    assertThat(challenge.isTumour(1, Compat.MONAI)).isFalse();
  }

  @Test
  void lesionsHaveTheirSizeInMicrometresAndTheirMiddle() {
    TumourMask mask = new TumourMask(9, 9, new byte[81]);
    mask.values()[4 * 9 + 4] = 1;
    Protocol protocol = Protocols.of("monai-48");

    SlideCount count =
        Froc.count(
            "a",
            List.of(
                new ScoredPoint(0.6, 4.5 * 64, 4.5 * 64), new ScoredPoint(0.7, 4.5 * 64, 3.5 * 64)),
            Froc.lesions(mask, protocol, 1, Compat.MONAI),
            protocol,
            1,
            0.7);

    LesionResult lesion = count.lesions().get(0);
    assertThat(lesion.x0()).isEqualTo(4.5 * 64);
    assertThat(lesion.size()).isEqualTo(LesionResult.Size.ITC);
    assertThat(lesion.target()).isFalse();
    assertThat(lesion.probability()).isEqualTo(0.7);
    assertThat(lesion.areaUm2()).isCloseTo(21 * 15.552 * 15.552, within(1e-9));
    assertThat(count.truePositiveValues()).as("isolated tumour cells stay 0").containsExactly(0.0);
    assertThat(count.falsePositives()).isEmpty();
  }

  private static void assertWhole(
      List<ProbabilityMap> maps,
      List<TumourMask> masks,
      Protocol protocol,
      JsonNode golden,
      String name) {
    List<SlideCount> counts = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      String as = name + " slide " + i;
      JsonNode expected = golden.get("slides").get(i);
      List<Detection> found =
          ProbNms.detect(maps.get(i), protocol.threshold(), protocol.box(), protocol.level());
      assertThat(found)
          .as(as)
          .extracting(d -> List.<Number>of(d.probability(), (int) d.yRef(), (int) d.xRef()))
          .containsExactlyElementsOf(detections(expected.get("detections")));

      LesionMask truth = Froc.lesions(masks.get(i), protocol, 1, Compat.MONAI);
      assertThat(LabelHash.of(truth)).as(as).isEqualTo(expected.get("labels").textValue());
      assertThat(LesionMaskTest.itcs(truth)).as(as).isEqualTo(LesionMaskTest.ints(expected, "itc"));
      for (LesionMask.Blob blob : truth.blobs()) {
        assertThat(blob.majorAxis())
            .as(as)
            .isCloseTo(
                expected.get("axes").get(blob.label() - 1).doubleValue(), within(AXIS_TOLERANCE));
      }

      SlideCount count = Froc.count(as, DetectionFiles.points(found), truth, protocol, 1, 1);
      assertThat(count.falsePositiveValues()).as(as).isEqualTo(doubles(expected.get("fp")));
      assertThat(count.truePositiveValues()).as(as).isEqualTo(doubles(expected.get("tp")));
      assertThat(count.targets()).as(as).isEqualTo(expected.get("targets").intValue());
      counts.add(count);
    }
    FrocResult result = Froc.of(counts, protocol, Compat.MONAI, Optional.empty(), List.of());
    assertCurve(result.curve(), golden.get("curve"), name);
    assertThat(result.score()).as(name).isEqualTo(Double.valueOf(number(golden.get("score"))));
  }

  private static void assertCurve(FrocCurve curve, JsonNode golden, String name) {
    List<List<Double>> expected = new ArrayList<>();
    golden.forEach(p -> expected.add(List.of(p.get(0).doubleValue(), number(p.get(1)))));
    assertThat(curve.points())
        .as(name)
        .extracting(p -> List.of(p.falsePositives(), p.sensitivity()))
        .containsExactlyElementsOf(expected);
  }

  private static List<List<Number>> detections(JsonNode golden) {
    List<List<Number>> detections = new ArrayList<>();
    golden.forEach(
        d ->
            detections.add(
                List.of(d.get(0).doubleValue(), d.get(1).intValue(), d.get(2).intValue())));
    return detections;
  }

  private static double number(JsonNode node) {
    return node.isNull() ? Double.NaN : node.doubleValue();
  }

  private static double[] doubles(JsonNode node) {
    double[] values = new double[node.size()];
    Arrays.setAll(values, i -> node.get(i).doubleValue());
    return values;
  }

  private static List<Double> rates(JsonNode c) {
    return Arrays.stream(doubles(c.get("rates"))).boxed().toList();
  }

  /** All in the first slide; the others are there to be counted. */
  private static List<SlideCount> slides(JsonNode c) {
    List<SlideCount> slides = new ArrayList<>();
    double[] tp = doubles(c.get("tp"));
    slides.add(count(doubles(c.get("fp")), tp, c.get("targets").intValue()));
    while (slides.size() < c.get("images").intValue()) {
      slides.add(count(new double[0], new double[0]));
    }
    return slides;
  }

  static SlideCount count(double[] fp, double[] tp) {
    return count(fp, tp, tp.length);
  }

  /** The lesions behind the first {@code targets} positive and then missed ones are ITC. */
  static SlideCount count(double[] fp, double[] tp, int targets) {
    List<LesionResult> lesions = new ArrayList<>();
    int itc = tp.length - targets;
    for (int i = tp.length - 1; i >= 0; i--) {
      boolean target = tp[i] != 0 || itc-- <= 0;
      lesions.add(
          0,
          new LesionResult(
              "a",
              i + 1,
              target ? LesionResult.Size.MICRO : LesionResult.Size.ITC,
              target,
              tp[i],
              0,
              0,
              0,
              0));
    }
    List<FalsePositive> falsePositives =
        Arrays.stream(fp).mapToObj(p -> new FalsePositive("a", p, 0, 0)).toList();
    return new SlideCount("a", lesions, falsePositives, false, 1, List.of());
  }

  private static Protocol protocol(List<Double> rates) {
    return protocol(0, 1, 75, 200, rates);
  }

  private static Protocol protocol(
      int level, double spacing, double grow, double itc, List<Double> rates) {
    return new Protocol(
        "test",
        "1",
        List.of(),
        level,
        OptionalDouble.of(spacing),
        1,
        true,
        SlideRule.WITH_TRUTH,
        List.of(),
        grow,
        itc,
        rates,
        48,
        0.5);
  }
}
