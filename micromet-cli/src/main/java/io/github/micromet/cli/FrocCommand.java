// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.eval.Compat;
import io.github.micromet.eval.DetectionFiles;
import io.github.micromet.eval.DetectionSource;
import io.github.micromet.eval.FrocCohort;
import io.github.micromet.eval.FrocInputs;
import io.github.micromet.eval.FrocResult;
import io.github.micromet.eval.Protocol;
import io.github.micromet.eval.Protocols;
import io.github.micromet.eval.SlideBootstrap;
import io.github.micromet.file.Csv;
import io.github.micromet.file.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "froc",
    description = {
      "Measure detections against the truth, lesion by lesion (FROC).",
      "The score is that of MONAI's lesion_froc.py; its own options are the first five."
    })
final class FrocCommand implements Callable<Integer> {
  @Option(
      names = {"-e", "--eval-dir"},
      paramLabel = "DIR",
      description = "Maps (NAME.npy) or detections, one a slide.")
  private Path evalDir;

  @Option(
      names = {"-g", "--ground-truth-dir"},
      paramLabel = "DIR",
      description =
          "Truth: mask TIFFs (NAME.tif, NAME_mask.tif), ASAP NAME.xml or polygon NAME.json.")
  private Path truthDir;

  @Option(
      names = {"-l", "--level"},
      paramLabel = "N",
      description = "Level of map and mask (default: the protocol's; of monai-48 6).")
  private Integer level;

  @Option(
      names = {"-s", "--spacing"},
      paramLabel = "MICRONS",
      description =
          "Microns per pixel of level 0, or 'slide' for each slide's own"
              + " (default: the protocol's; of monai-48 0.243).")
  private String spacing;

  @Option(
      names = {"-r", "--reader"},
      paramLabel = "NAME",
      defaultValue = "openslide",
      description =
          "Taken for the reference's sake: openslide, cucim or tifffile; Micromet reads masks itself.")
  private String reader;

  @Option(
      names = "--protocol",
      paramLabel = "NAME|FILE",
      defaultValue = "monai-48",
      description =
          "monai-48, challenge-129, ncrf, camelyon-plus, or a file of your own"
              + " (default: ${DEFAULT-VALUE}).")
  private String protocol;

  @Option(
      names = "--compat",
      paramLabel = "HOW",
      defaultValue = "monai",
      converter = Words.OfCompat.class,
      description =
          "monai: MONAI's number, oddities too; correct: without them (default: ${DEFAULT-VALUE}).")
  private Compat compat;

  @Option(
      names = "--input",
      paramLabel = "KIND",
      converter = Words.OfDetectionSource.class,
      description =
          "maps, detections (of detect) or challenge (confidence,x,y)"
              + " (default: the first of these that --eval-dir has).")
  private DetectionSource input;

  @Option(
      names = "--map-level",
      paramLabel = "N",
      description =
          "A map's cell is 2^N pixels of level 0 (default: --level if it is not the protocol's, else 6, as"
              + " detect).")
  private Integer mapLevel;

  @Option(
      names = "--slides",
      paramLabel = "DIR",
      description = "The slides: sizes and spacings that annotations lack, pictures of the report.")
  private Path slides;

  @Option(
      names = "--exclude",
      paramLabel = "FILE",
      description = "Names of slides that do not count, one a line, beside the protocol's.")
  private Path exclude;

  @Option(
      names = "--draws",
      paramLabel = "N",
      defaultValue = "" + SlideBootstrap.DRAWS,
      description =
          "Samples of slides for the 95 %% interval; 0: none (default: ${DEFAULT-VALUE}).")
  private int draws;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same interval (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for froc_score.txt, tables, froc.json, report.html (default: --eval-dir).")
  private Path out;

  @Option(
      names = "--challenge-csv",
      paramLabel = "DIR",
      description = "Also write the detections as the challenge's files, NAME.csv.")
  private Path challengeCsv;

  @Option(
      names = "--compare",
      arity = "2",
      paramLabel = "DIR",
      description = "Compare two evaluations of the same slides: folders with froc.json.")
  private List<Path> compare;

  private static final int DETECTS_LEVEL = 6;

  private final Console console;

  FrocCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    check(draws >= 0, "--draws " + draws, "is negative", "Give 0 or more.");
    if (compare != null) {
      console.out().print(FrocComparison.text(compare.get(0), compare.get(1), draws, seed));
      return 0;
    }
    check(evalDir != null, "froc", "has no --eval-dir", "Give the folder of maps.");
    check(truthDir != null, "froc", "has no --ground-truth-dir", "Give the folder of truth.");
    int protocolsLevel = Protocols.of(protocol).level();
    Protocol rules = rules();
    if (mapLevel != null) {
      checkLevel("--map-level", mapLevel);
    }
    FrocInputs inputs =
        new FrocInputs(
            evalDir,
            input == null ? FrocInputs.sourceOf(evalDir) : input,
            truthDir,
            Optional.ofNullable(slides),
            mapLevel != null
                ? mapLevel
                : level != null && level != protocolsLevel ? level : DETECTS_LEVEL);
    FrocCohort cohort =
        FrocCohort.read(inputs, rules, compat, name -> console.err().println("froc: " + name));
    if (challengeCsv != null) {
      readyForChallenge(cohort);
    }
    Optional<SlideBootstrap.Spread> spread = FrocOutput.spread(cohort, rules, draws, seed);
    FrocResult result = cohort.result(spread.map(SlideBootstrap.Spread::score));
    Path folder = out == null ? evalDir : out;
    FrocOutput.write(
        folder,
        cohort,
        result,
        inputs,
        rules,
        parameters(inputs),
        spread.map(SlideBootstrap.Spread::band));
    if (challengeCsv != null) {
      cohort
          .points()
          .forEach(
              (name, points) ->
                  DetectionFiles.writeChallenge(points, challengeCsv.resolve(name + ".csv")));
    }
    result.warnings().forEach(each -> console.err().println("warning: " + each));
    console.out().print(FrocOutput.summary(result));
    console.out().println("report: " + folder.resolve("report.html"));
    return 0;
  }

  /** A participant's own files have the names that would be written. */
  private void readyForChallenge(FrocCohort cohort) {
    for (String name : cohort.points().keySet()) {
      Path file = challengeCsv.resolve(name + ".csv");
      check(!Files.exists(file), file.toString(), "exists already", "Choose another folder.");
    }
    Folders.make(challengeCsv);
  }

  private static void checkLevel(String option, int value) {
    check(
        value >= 0 && value <= Protocol.MOST_LEVEL,
        option + " " + value,
        "is no level",
        "Give 0 to " + Protocol.MOST_LEVEL + ".");
  }

  private Protocol rules() {
    check(
        Stream.of("openslide", "cucim", "tifffile").anyMatch(reader::equalsIgnoreCase),
        "--reader " + reader,
        "is none of openslide, cucim, tifffile",
        "Leave it out: Micromet reads masks itself.");
    Protocol rules = Protocols.of(protocol);
    if (rules.exclusionsFromUser()) {
      check(
          exclude != null,
          rules.title(),
          "needs the list of slides that it leaves out",
          "Give it with --exclude FILE, one name a line; it comes with the data set.");
    }
    if (exclude != null) {
      List<String> names =
          Csv.lines(exclude).stream().map(String::strip).filter(name -> !name.isEmpty()).toList();
      check(!names.isEmpty(), "--exclude " + exclude, "names no slide", "Give one name a line.");
      rules =
          rules.withExclusions(
              Stream.concat(rules.exclusions().stream(), names.stream()).distinct().toList());
    }
    if (level != null) {
      checkLevel("--level", level);
      rules = rules.withLevel(level);
    }
    return spacing == null ? rules : rules.withSpacing(spacing());
  }

  private OptionalDouble spacing() {
    if (spacing.equals("slide")) {
      return OptionalDouble.empty();
    }
    try {
      double microns = Double.parseDouble(spacing);
      if (microns > 0 && Double.isFinite(microns)) {
        return OptionalDouble.of(microns);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new MicrometException(
        ErrorKind.USAGE,
        "--spacing " + spacing,
        "is neither microns per pixel nor 'slide'",
        "CAMELYON16 is evaluated with 0.243.");
  }

  private Map<String, String> parameters(FrocInputs inputs) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("micromet", Version.text());
    parameters.put("input", inputs.source().name().toLowerCase(Locale.ROOT));
    parameters.put("map-level", Integer.toString(inputs.mapLevel()));
    parameters.put("draws", Integer.toString(draws));
    parameters.put("seed", Long.toString(seed));
    return parameters;
  }

  private static void check(boolean right, String subject, String problem, String remedy) {
    if (!right) {
      throw new MicrometException(ErrorKind.USAGE, subject, problem, remedy);
    }
  }
}
