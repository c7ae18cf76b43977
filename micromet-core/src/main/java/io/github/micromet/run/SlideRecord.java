// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
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
@JsonPropertyOrder({"format", "formatVersion", "status"})
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

  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public String format() {
    return FORMAT;
  }

  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public int formatVersion() {
    return FORMAT_VERSION;
  }

  @Override
  public String slideName() {
    return slide.name();
  }
}
