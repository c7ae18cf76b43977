// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Every command, in the order of the help. A command's class is loaded only when it is asked for,
 * so that {@code --help} stays fast.
 */
enum Verb {
  DEMO("See the whole job on drawn slides: train, search, measure, report."),
  DETECT("Find metastases in slides."),
  TRAIN("Train the network on labelled slides."),
  LAUNCH("Train in several processes as one."),
  INFO("Show what a slide is and who reads it."),
  TISSUE("Write a slide's tissue mask as PNG and GeoJSON."),
  PATCHES("Choose regions of slides to train on, with their labels."),
  MASK("Write outlines as a pyramidal mask TIFF."),
  FROC("Measure detections against the truth, lesion by lesion (FROC)."),
  CAMELYON16("Check a download of CAMELYON16."),
  ROC("Measure how well whole slides, or patches, are told apart."),
  CALIBRATE("Fit a model's probabilities to labelled patches."),
  SYNTH("Write synthetic slides with known tumours."),
  DOWNLOAD("Fetch the published model's files."),
  DOCTOR("Say what this machine has and what is missing."),
  VERSION("Print the version.");

  private final String summary;

  Verb(String summary) {
    this.summary = summary;
  }

  /** The word typed. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One line for the list of commands. */
  String summary() {
    return summary;
  }

  static Optional<Verb> of(String word) {
    for (Verb verb : values()) {
      if (verb.word().equals(word)) {
        return Optional.of(verb);
      }
    }
    return Optional.empty();
  }

  /** A new command of that kind; its fields are picocli's options. */
  Callable<Integer> command(Console console) {
    return switch (this) {
      case DEMO -> new DemoCommand(console);
      case DETECT -> new DetectCommand(console);
      case TRAIN -> new TrainCommand(console);
      case LAUNCH -> new LaunchCommand(console);
      case INFO -> new InfoCommand(console);
      case TISSUE -> new TissueCommand(console);
      case PATCHES -> new PatchesCommand(console);
      case MASK -> new MaskCommand(console);
      case FROC -> new FrocCommand(console);
      case CAMELYON16 -> new Camelyon16Command(console);
      case ROC -> new RocCommand(console);
      case CALIBRATE -> new CalibrateCommand(console);
      case SYNTH -> new SynthCommand(console);
      case DOWNLOAD -> new DownloadCommand(console);
      case DOCTOR -> new DoctorCommand(console);
      case VERSION -> new VersionCommand(console);
    };
  }
}
