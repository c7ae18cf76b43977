// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.eval.FrocBand;
import io.github.micromet.eval.FrocCurve;
import io.github.micromet.eval.FrocResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The FROC curve on a logarithmic axis, as its score reads it. Threads: stateless. */
final class FrocChart {
  // A straight piece of the curve is bent on this axis; so many steps look smooth.
  private static final int STEPS = 320;

  private FrocChart() {}

  static Chart of(FrocResult result, Optional<FrocBand> band) {
    Axis x = Axis.rates("false positives per slide", result.rates());
    Axis y = Axis.share("sensitivity");
    List<Chart.Line> lines = new ArrayList<>();
    List<Chart.Dot> dots = new ArrayList<>();
    boolean drawable = Double.isFinite(result.score());
    if (drawable) {
      lines.add(line(result.curve(), x));
      for (int i = 0; i < result.rates().size(); i++) {
        dots.add(
            new Chart.Dot(result.rates().get(i), result.sensitivities().get(i), 4, Pen.Ink.CURVE));
      }
    }
    return new Chart(
        "FROC curve: sensitivity against false positives per slide",
        drawable
            ? "score " + Html.number(result.score(), 4) + Html.interval(result.interval())
            : "no lesion counts",
        x,
        y,
        drawable
            ? band.filter(b -> !b.falsePositives().isEmpty()).map(FrocChart::band)
            : Optional.empty(),
        lines,
        dots);
  }

  private static Chart.Line line(FrocCurve curve, Axis axis) {
    double[] x = new double[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      x[i] = axis.value((double) i / STEPS);
    }
    double[] y = array(curve.sensitivities(Arrays.stream(x).boxed().toList()));
    return new Chart.Line(x, y, Pen.Ink.CURVE, 2.2, false);
  }

  private static Chart.Band band(FrocBand band) {
    return new Chart.Band(array(band.falsePositives()), array(band.low()), array(band.high()));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
