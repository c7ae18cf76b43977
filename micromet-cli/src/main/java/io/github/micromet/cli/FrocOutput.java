// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.eval.FrocBand;
import io.github.micromet.eval.FrocCohort;
import io.github.micromet.eval.FrocInputs;
import io.github.micromet.eval.FrocJson;
import io.github.micromet.eval.FrocResult;
import io.github.micromet.eval.FrocTables;
import io.github.micromet.eval.Protocol;
import io.github.micromet.eval.SlideBootstrap;
import io.github.micromet.eval.SlideScore;
import io.github.micromet.file.Folders;
import io.github.micromet.report.FrocContext;
import io.github.micromet.report.FrocReport;
import io.github.micromet.run.Sha256;
import io.github.micromet.slide.SlideNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What an evaluation leaves: score, tables, froc.json, and the page for people. */
final class FrocOutput {
  // Rates at which the curve's band is drawn, closer where it is steep.
  private static final double[] BAND = {
    0, 0.0625, 0.125, 0.1875, 0.25, 0.375, 0.5, 0.75, 1, 1.5, 2, 3, 4, 5, 6, 7, 8
  };

  private FrocOutput() {}

  /** The interval of the score and the band of the curve, by one pass; empty without draws. */
  static Optional<SlideBootstrap.Spread> spread(
      FrocCohort cohort, Protocol protocol, int draws, long seed) {
    return draws == 0
        ? Optional.empty()
        : Optional.of(
            SlideBootstrap.spread(
                cohort.counts(),
                protocol.rates(),
                DoubleStream.of(BAND).boxed().toList(),
                draws,
                seed,
                SlideBootstrap.CONFIDENCE));
  }

  /** Writes all files; the score last, so that it stands for a whole evaluation. */
  static void write(
      Path folder,
      FrocCohort cohort,
      FrocResult result,
      FrocInputs inputs,
      Protocol protocol,
      Map<String, String> parameters,
      Optional<FrocBand> band) {
    Folders.make(folder);
    deleteScore(folder.resolve(FrocTables.SCORE));
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.putAll(rules(protocol));
    Map<String, String> hashes = hashes(cohort.files());
    FrocReport.write(
        folder,
        result,
        new FrocContext("FROC by " + result.protocol(), slides(inputs, result), all, hashes, band));
    FrocJson.write(
        folder.resolve(FrocJson.NAME), result, cohort.counts(), protocol, parameters, hashes);
    FrocTables.write(folder, result);
  }

  /** The score as the reference prints it, then what it says and does not say. */
  static String summary(FrocResult result) {
    StringBuilder text = new StringBuilder(FrocTables.score(result));
    result
        .interval()
        .ifPresent(
            interval ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "95 %% interval %.4f to %.4f (slides drawn again)%n",
                        interval.low(),
                        interval.high())));
    for (int i = 0; i < result.rates().size(); i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %6s false positives a slide: sensitivity %.4f%n",
              result.rates().get(i),
              result.sensitivities().get(i)));
    }
    int targets = result.slides().stream().mapToInt(each -> each.targets()).sum();
    int found = result.slides().stream().mapToInt(each -> each.found()).sum();
    text.append(
        String.format(
            Locale.ROOT,
            "%d slides, %d of %d lesions found, %d false positives; %s, compat %s%n",
            result.slides().size(),
            found,
            targets,
            result.falsePositives().size(),
            result.protocol(),
            result.compat()));
    return text.toString();
  }

  /** An older run's score must not stand beside this one's tables if this one ends halfway. */
  private static void deleteScore(Path score) {
    try {
      Files.deleteIfExists(score);
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          score.toString(),
          "cannot be replaced (" + e.getMessage() + ")",
          "Choose another folder.",
          e);
    }
  }

  private static Map<String, String> rules(Protocol protocol) {
    Map<String, String> rules = new LinkedHashMap<>();
    rules.put("level", Integer.toString(protocol.level()));
    rules.put(
        "spacing",
        protocol.spacing().isPresent() ? protocol.spacing().getAsDouble() + " um" : "each slide's");
    rules.put("mask value", Integer.toString(protocol.maskValue()));
    rules.put("growth", protocol.growthUm() + " um");
    rules.put("isolated tumour cells", "up to " + protocol.itcUm() + " um");
    rules.put("peaks", "above " + protocol.threshold() + ", box " + protocol.box());
    rules.put("left out", String.join(", ", protocol.exclusions()));
    return rules;
  }

  private static Map<String, String> hashes(List<Path> files) {
    Map<String, String> hashes = new TreeMap<>();
    for (Path file : files) {
      try {
        // Names only: folders of the machine never enter a file.
        hashes.put(file.getFileName().toString(), Sha256.of(file));
      } catch (IOException e) {
        throw new MicrometException(
            ErrorKind.INPUT,
            file.toString(),
            "cannot be read again (" + e.getMessage() + ")",
            "Check the disk.",
            e);
      }
    }
    return hashes;
  }

  private static Map<String, Path> slides(FrocInputs inputs, FrocResult result) {
    Map<String, Path> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    inputs
        .slides()
        .ifPresent(
            folder -> {
              try (Stream<Path> files = Files.list(folder)) {
                files
                    .filter(SlideNames::fits)
                    .forEach(f -> byName.put(SlideNames.nameOf(f.getFileName().toString()), f));
              } catch (IOException e) {
                byName.clear(); // the page goes without pictures and says so
              }
            });
    // By the names of the result, whose case may be another.
    Map<String, Path> slides = new TreeMap<>();
    for (SlideScore slide : result.slides()) {
      Optional.ofNullable(byName.get(slide.slide()))
          .ifPresent(file -> slides.put(slide.slide(), file));
    }
    return slides;
  }
}
