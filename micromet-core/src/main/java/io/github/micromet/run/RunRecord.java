// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * All slides of one run in short; {@code run.json}. The long story of a slide is in its own record.
 *
 * @param format {@link #FORMAT}
 * @param formatVersion of the file's layout
 * @param status how far the run came
 * @param provenance what all slides have in common
 * @param slides a line each, in the order asked for
 * @param timing of the whole run; the stages are those of all slides together
 */
@JsonPropertyOrder({"format", "formatVersion", "status", "provenance", "slides", "timing"})
public record RunRecord(
    String format,
    int formatVersion,
    Status status,
    Provenance provenance,
    List<Line> slides,
    Timing timing) {

  /** Says in the file what it is. */
  public static final String FORMAT = "micromet-run";

  /** Of the file's layout. */
  public static final int FORMAT_VERSION = 1;

  /** How far a run came, and how far a slide. */
  public enum Status {
    /** Not ended, or killed. */
    RUNNING,
    /** Every slide is done. */
    DONE,
    /** Some slides failed, the rest are done. */
    FAILED,
    /** Stopped before the end; what is done is kept. */
    STOPPED
  }

  /**
   * One slide in short.
   *
   * @param slide the name of its file
   * @param status done, failed or stopped
   * @param reason why it failed, one line
   * @param record the name of its own record; empty unless done
   * @param identity hash over its directories, tile tables and length
   * @param windowsScored by the network
   * @param badTiles that could not be decoded
   * @param detections found
   * @param lesions found
   * @param maxProbability of its map
   */
  public record Line(
      String slide,
      Status status,
      Optional<String> reason,
      Optional<String> record,
      Optional<String> identity,
      OptionalLong windowsScored,
      OptionalInt badTiles,
      OptionalInt detections,
      OptionalInt lesions,
      OptionalDouble maxProbability) {

    static Line of(SlideOutcome outcome) {
      if (outcome instanceof SlideRecord done) {
        return new Line(
            done.slideName(),
            Status.DONE,
            Optional.empty(),
            Optional.of(SlideFiles.recordOf(done.slideName())),
            Optional.of(done.slide().identity()),
            OptionalLong.of(done.windows().scored()),
            OptionalInt.of(done.badTiles().size()),
            OptionalInt.of(done.findings().detections()),
            OptionalInt.of(done.findings().lesions()),
            OptionalDouble.of(done.findings().maxProbability()));
      }
      if (outcome instanceof SlideOutcome.Failed failed) {
        return notDone(failed.slideName(), Status.FAILED, Optional.of(failed.reason()));
      }
      return notDone(outcome.slideName(), Status.STOPPED, Optional.empty());
    }

    private static Line notDone(String slide, Status status, Optional<String> reason) {
      return new Line(
          slide,
          status,
          reason,
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalDouble.empty());
    }
  }

  public RunRecord {
    slides = List.copyOf(slides);
  }

  /** The record of a run that has ended with these outcomes. */
  public static RunRecord ended(
      Provenance provenance, List<? extends SlideOutcome> outcomes, Timing timing) {
    List<Line> lines = outcomes.stream().map(Line::of).toList();
    Status status =
        has(lines, Status.STOPPED)
            ? Status.STOPPED
            : has(lines, Status.FAILED) ? Status.FAILED : Status.DONE;
    return new RunRecord(FORMAT, FORMAT_VERSION, status, provenance, lines, timing);
  }

  RunRecord withStatus(Status other) {
    return new RunRecord(format, formatVersion, other, provenance, slides, timing);
  }

  private static boolean has(List<Line> lines, Status status) {
    return lines.stream().anyMatch(line -> line.status() == status);
  }
}
