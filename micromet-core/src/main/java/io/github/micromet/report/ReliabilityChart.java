// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.eval.stat.Reliability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was said against what came true, before and after calibration. Threads: stateless. */
final class ReliabilityChart {
  private static final double LEAST = 3;
  private static final double MOST = 11;

  private ReliabilityChart() {}

  /** Before in the second colour, after in the first; a dot's area grows with its count. */
  static Chart of(Reliability before, Reliability after) {
    List<Chart.Line> lines = new ArrayList<>(List.of(Chart.diagonal()));
    List<Chart.Dot> dots = new ArrayList<>();
    add(before, Pen.Ink.SECOND, lines, dots);
    add(after, Pen.Ink.CURVE, lines, dots);
    return new Chart(
        "Reliability: share of positives against the mean probability",
        "ECE "
            + Html.number(before.ece(), 4)
            + " (orange), "
            + Html.number(after.ece(), 4)
            + " calibrated (blue)",
        Axis.share("mean probability"),
        Axis.share("share of positives"),
        Optional.empty(),
        lines,
        dots);
  }

  private static void add(
      Reliability reliability, Pen.Ink ink, List<Chart.Line> lines, List<Chart.Dot> dots) {
    List<Reliability.Bin> bins = reliability.bins();
    lines.add(
        new Chart.Line(
            bins.stream().mapToDouble(Reliability.Bin::said).toArray(),
            bins.stream().mapToDouble(Reliability.Bin::came).toArray(),
            ink,
            1.6,
            false));
    for (Reliability.Bin bin : bins) {
      double share = Math.sqrt((double) bin.count() / reliability.count());
      dots.add(new Chart.Dot(bin.said(), bin.came(), LEAST + (MOST - LEAST) * share, ink));
    }
  }
}
