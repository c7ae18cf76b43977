// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.micromet.eval.Numbers;
import io.github.micromet.eval.stat.LabelledScore;
import io.github.micromet.eval.stat.Reliability;
import io.github.micromet.eval.stat.Roc;
import io.github.micromet.file.AtomicFiles;
import io.github.micromet.file.Csv;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** ROC and reliability as files. Threads: stateless. */
public final class StatReport {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private StatReport() {}

  /**
   * Writes {@code roc.json}, {@code roc.csv} (a line a threshold), {@code roc_cases.csv} (a line a
   * case) and, where this machine has a font, {@code roc.png}.
   *
   * @param folder is there
   * @param more what else the JSON tells: text, numbers, lists and maps of them
   * @return the files written
   * @throws io.github.micromet.error.MicrometException of kind RESOURCE if one cannot be written
   */
  public static List<Path> roc(
      Path folder, Roc roc, List<LabelledScore> cases, Map<String, Object> more) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("positives", roc.positives());
    json.put("negatives", roc.negatives());
    json.put("auc", number(roc.auc()));
    json.put("variance", number(roc.variance()));
    json.put("low", number(roc.interval().low()));
    json.put("high", number(roc.interval().high()));
    json.put("confidence", roc.interval().confidence());
    json.put("method", "DeLong, interval on the logit scale");
    json.putAll(more);
    StringBuilder curve = new StringBuilder("threshold,false_positive_rate,sensitivity\n");
    for (Roc.Point point : roc.points()) {
      curve
          .append(Numbers.text(point.threshold()))
          .append(',')
          .append(Numbers.text(point.falsePositiveRate()))
          .append(',')
          .append(Numbers.text(point.sensitivity()))
          .append('\n');
    }
    StringBuilder each = new StringBuilder("name,score,label\n");
    for (LabelledScore one : cases) {
      each.append(Csv.field(one.name()))
          .append(',')
          .append(Numbers.text(one.score()))
          .append(one.positive() ? ",1\n" : ",0\n");
    }
    List<Path> written = new ArrayList<>();
    written.add(text(folder.resolve("roc.json"), json(json)));
    written.add(text(folder.resolve("roc.csv"), curve.toString()));
    written.add(text(folder.resolve("roc_cases.csv"), each.toString()));
    if (Lettering.missing().isEmpty()) {
      Path png = folder.resolve("roc.png");
      ChartPng.write(png, RocChart.of(roc));
      written.add(png);
    }
    return List.copyOf(written);
  }

  /**
   * Draws the reliability diagram.
   *
   * @return false if this machine has no font; nothing is written then
   * @throws io.github.micromet.error.MicrometException of kind RESOURCE if it cannot be written
   */
  public static boolean reliability(Path png, Reliability before, Reliability after) {
    if (Lettering.missing().isPresent()) {
      return false;
    }
    ChartPng.write(png, ReliabilityChart.of(before, after));
    return true;
  }

  /**
   * Writes the reliability curves as a table: a line a bin, before and after calibration.
   *
   * @throws io.github.micromet.error.MicrometException of kind RESOURCE if it cannot be written
   */
  public static void reliabilityTable(Path csv, Reliability before, Reliability after) {
    StringBuilder text = new StringBuilder("curve,low,high,count,said,came\n");
    lines(text, "before", before);
    lines(text, "after", after);
    AtomicFiles.write(csv, text.toString());
  }

  private static void lines(StringBuilder text, String curve, Reliability reliability) {
    for (Reliability.Bin bin : reliability.bins()) {
      text.append(curve)
          .append(',')
          .append(Numbers.text(bin.low()))
          .append(',')
          .append(Numbers.text(bin.high()))
          .append(',')
          .append(bin.count())
          .append(',')
          .append(Numbers.text(bin.said()))
          .append(',')
          .append(Numbers.text(bin.came()))
          .append('\n');
    }
  }

  private static Path text(Path file, String text) {
    AtomicFiles.write(file, text);
    return file;
  }

  /** JSON has no NaN: what is not a number is left empty as text. */
  private static Object number(double value) {
    return Double.isFinite(value) ? value : "";
  }

  private static String json(Map<String, Object> values) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(values).replace("\r\n", "\n")
          + "\n";
    } catch (JacksonException e) {
      throw new IllegalStateException("a map of plain values has no JSON", e);
    }
  }
}
