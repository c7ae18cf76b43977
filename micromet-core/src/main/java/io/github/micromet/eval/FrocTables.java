// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import io.github.micromet.file.AtomicFiles;
import io.github.micromet.file.Csv;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * An evaluation as small files: the score as the reference writes it, and tables as CSV with a
 * heading. Numbers have the fewest digits that read back exactly; what is not a number is empty.
 *
 * <p>Threads: stateless.
 */
public final class FrocTables {
  /** The reference's file. */
  public static final String SCORE = "froc_score.txt";

  /** One line a slide. */
  public static final String SLIDES = "froc_slides.csv";

  /** One line a true lesion. */
  public static final String LESIONS = "froc_lesions.csv";

  /** One line a detection on no lesion, the most probable first. */
  public static final String FALSE_POSITIVES = "froc_false_positives.csv";

  /** One line a threshold. */
  public static final String CURVE = "froc_curve.csv";

  private FrocTables() {}

  /**
   * Writes all of them into a folder that exists, replacing older ones.
   *
   * @throws io.github.micromet.error.MicrometException of kind RESOURCE if one cannot be written
   */
  public static void write(Path folder, FrocResult result) {
    AtomicFiles.write(folder.resolve(SLIDES), slides(result));
    AtomicFiles.write(folder.resolve(LESIONS), lesions(result));
    AtomicFiles.write(folder.resolve(FALSE_POSITIVES), falsePositives(result));
    AtomicFiles.write(folder.resolve(CURVE), curve(result));
    AtomicFiles.write(folder.resolve(SCORE), score(result));
  }

  /** The line of {@link #SCORE}, which ends in a line feed: the score as Python prints it. */
  public static String score(FrocResult result) {
    return "FROC Score: " + Numbers.python(result.score()) + "\n";
  }

  private static String slides(FrocResult result) {
    StringBuilder text =
        new StringBuilder("slide,lesions,targets,found,false_positives,max_probability\n");
    for (SlideScore slide : result.slides()) {
      line(
          text,
          Csv.field(slide.slide()),
          slide.lesions(),
          slide.targets(),
          slide.found(),
          slide.falsePositives(),
          Numbers.text(slide.maxProbability()));
    }
    return text.toString();
  }

  private static String lesions(FrocResult result) {
    StringBuilder text =
        new StringBuilder("slide,lesion,size,target,found,probability,longest_um,area_um2,x0,y0\n");
    for (LesionResult lesion : result.lesions()) {
      line(
          text,
          Csv.field(lesion.slide()),
          lesion.label(),
          lesion.size().name().toLowerCase(Locale.ROOT),
          lesion.target(),
          lesion.found(),
          Numbers.text(lesion.probability()),
          Numbers.text(lesion.longestUm()),
          Numbers.text(lesion.areaUm2()),
          Numbers.text(lesion.x0()),
          Numbers.text(lesion.y0()));
    }
    return text.toString();
  }

  private static String falsePositives(FrocResult result) {
    StringBuilder text = new StringBuilder("slide,probability,x0,y0\n");
    for (FalsePositive each : result.falsePositives()) {
      line(
          text,
          Csv.field(each.slide()),
          Numbers.text(each.probability()),
          Numbers.text(each.x0()),
          Numbers.text(each.y0()));
    }
    return text.toString();
  }

  private static String curve(FrocResult result) {
    StringBuilder text = new StringBuilder("threshold,false_positives_per_slide,sensitivity\n");
    for (FrocCurve.Point point : result.curve().points()) {
      line(
          text,
          Numbers.text(point.threshold()),
          Numbers.text(point.falsePositives()),
          Numbers.text(point.sensitivity()));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, Object... cells) {
    text.append(String.join(",", List.of(cells).stream().map(Object::toString).toList()))
        .append('\n');
  }
}
