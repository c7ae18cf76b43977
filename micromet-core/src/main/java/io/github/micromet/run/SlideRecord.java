// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.micromet.error.MicrometException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * All that is known of one slide's run; {@code NAME.run.json}. Keys stand in this order, and all
 * but {@code timing} is the same for equal input, program, machine and settings.
 *
 * @param slide what was read
 * @param provenance everything else the result comes from
 * @param tissue the mask that was scored
 * @param windows planned and scored
 * @param badTiles tiles that could not be decoded, and the windows they touch
 * @param findings in numbers
 * @param notes sentences for people: where this run differs from the reference and why, warnings
 * @param outputs the files written, but this record
 * @param timing how long it took
 */
@JsonPropertyOrder({"format", "formatVersion"})
public record SlideRecord(
    SlideSource slide,
    Provenance provenance,
    TissueCount tissue,
    WindowCount windows,
    List<BadTile> badTiles,
    Findings findings,
    List<String> notes,
    List<OutputFile> outputs,
    Timing timing)
    implements SlideOutcome {

  /** Says in the file what it is. */
  public static final String FORMAT = "micromet-slide-run";

  /** Of the file's layout; readers refuse a newer one. */
  public static final int FORMAT_VERSION = 1;

  public SlideRecord {
    Objects.requireNonNull(slide);
    Objects.requireNonNull(provenance);
    Objects.requireNonNull(tissue);
    Objects.requireNonNull(windows);
    badTiles = List.copyOf(badTiles);
    Objects.requireNonNull(findings);
    notes = List.copyOf(notes);
    outputs = List.copyOf(outputs);
    Objects.requireNonNull(timing);
  }

  /** {@link #FORMAT}, in the file. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public String format() {
    return FORMAT;
  }

  /** {@link #FORMAT_VERSION}, in the file. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public int formatVersion() {
    return FORMAT_VERSION;
  }

  /** Writes this record, whole or not at all. */
  public void write(Path file) {
    RunJson.write(file, this);
  }

  /**
   * Reads a record that some version up to this one wrote.
   *
   * @throws MicrometException of kind INPUT if the file is not one, is of a newer version, or
   *     cannot be read
   */
  public static SlideRecord read(Path file) {
    return RunJson.read(file, FORMAT, FORMAT_VERSION, SlideRecord.class);
  }

  /** This record without its timing: equal for two equal runs. */
  public SlideRecord untimed() {
    return new SlideRecord(
        slide, provenance, tissue, windows, badTiles, findings, notes, outputs, Timing.NONE);
  }

  @JsonIgnore
  @Override
  public String slideName() {
    return slide.name();
  }
}
