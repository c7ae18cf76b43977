// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What a model's logits are divided by, and how that was found: {@code MODEL.calibration.json}
 * beside the model.
 *
 * @param format {@link #FORMAT}
 * @param formatVersion {@link #FORMAT_VERSION}
 * @param model name of its file
 * @param modelSha256 of that file: another model needs a calibration of its own
 * @param temperature positive
 * @param cases labelled patches it was fitted on
 * @param positives of these
 * @param eceBefore expected calibration error at a temperature of 1, in ten bins
 * @param eceAfter the same at {@code temperature}; on the cases it was fitted on
 * @param lossBefore mean negative log likelihood at a temperature of 1
 * @param lossAfter the same at {@code temperature}
 * @param data where the cases came from
 * @param made when, ISO 8601 in UTC
 * @param micromet version of the program
 */
public record Calibration(
    String format,
    int formatVersion,
    String model,
    String modelSha256,
    double temperature,
    long cases,
    long positives,
    double eceBefore,
    double eceAfter,
    double lossBefore,
    double lossAfter,
    String data,
    String made,
    String micromet) {
  public static final String FORMAT = "micromet-calibration";
  public static final int FORMAT_VERSION = 1;

  public Calibration {
    Objects.requireNonNull(format);
    Objects.requireNonNull(model);
    Objects.requireNonNull(modelSha256);
    Objects.requireNonNull(data);
    Objects.requireNonNull(made);
    Objects.requireNonNull(micromet);
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("a temperature is positive, not " + temperature);
    }
  }

  /**
   * The file's place: beside the model, whose whole name it keeps: a model may have two formats.
   */
  public static Path beside(Path model) {
    return model.resolveSibling(model.getFileName() + ".calibration.json");
  }

  /**
   * Writes the file, replacing an older one.
   *
   * @throws MicrometException of kind RESOURCE if it cannot be written
   */
  public void write(Path file) {
    RunJson.write(file, this);
  }

  /**
   * The calibration beside a model.
   *
   * @param sha256 of the model's file as it was loaded
   * @throws MicrometException of kind USAGE if there is none or it is another model's; of kind
   *     INPUT if it cannot be read
   */
  public static Calibration of(Path model, String sha256) {
    Path file = beside(model);
    String remedy =
        "Make it with `micromet calibrate --model " + model + "`, or leave --calibrated out.";
    if (!Files.isRegularFile(file)) {
      throw new MicrometException(
          ErrorKind.USAGE, file.toString(), "there is no calibration of this model", remedy);
    }
    Calibration found = RunJson.read(file, FORMAT, FORMAT_VERSION, Calibration.class);
    if (!found.modelSha256().equals(sha256)) {
      throw new MicrometException(
          ErrorKind.USAGE,
          file.toString(),
          "was made for a model of SHA-256 "
              + shortened(found.modelSha256())
              + ", but "
              + model.getFileName()
              + " has "
              + shortened(sha256),
          remedy);
    }
    return found;
  }

  private static String shortened(String sha256) {
    return sha256.length() > 12 ? sha256.substring(0, 12) + "..." : sha256;
  }
}
