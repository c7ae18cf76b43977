// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.eval.stat.Roc;
import java.util.List;
import java.util.Optional;

/** The ROC curve with the diagonal of pure chance. Threads: stateless. */
final class RocChart {
  private RocChart() {}

  static Chart of(Roc roc) {
    List<Chart.Line> lines =
        Double.isNaN(roc.auc())
            ? List.of(Chart.diagonal())
            : List.of(
                Chart.diagonal(),
                new Chart.Line(
                    roc.points().stream().mapToDouble(Roc.Point::falsePositiveRate).toArray(),
                    roc.points().stream().mapToDouble(Roc.Point::sensitivity).toArray(),
                    Pen.Ink.CURVE,
                    2.2,
                    false));
    return new Chart(
        "ROC curve: sensitivity against the rate of false positives",
        "AUC " + Html.number(roc.auc(), 4) + Html.interval(Optional.of(roc.interval())),
        Axis.share("false positive rate"),
        Axis.share("sensitivity"),
        Optional.empty(),
        lines,
        List.of());
  }
}
