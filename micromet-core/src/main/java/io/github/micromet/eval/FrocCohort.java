// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.eval.Protocol.SlideRule;
import io.github.micromet.eval.stat.Interval;
import io.github.micromet.grid.Grid;
import io.github.micromet.lesion.ProbNms;
import io.github.micromet.map.NpyFile;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideNames;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The slides of an evaluation read from folders and counted, one in memory at a time.
 *
 * <p>Threads: confined to one.
 */
public final class FrocCohort {
  private static final int MOST_NAMES = 5;
  private static final double LEVEL_TOLERANCE = 0.05; // sizes of levels are rounded

  private final FrocInputs inputs;
  private final Protocol protocol;
  private final Compat compat;
  private final TruthFolder truth;
  private final Map<String, Path> slideFiles = new LinkedHashMap<>(); // name in lower case
  private final List<SlideCount> counts = new ArrayList<>();
  private final Map<String, List<ScoredPoint>> points = new LinkedHashMap<>();
  private final Set<Path> files = new LinkedHashSet<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> phantoms = new ArrayList<>();

  private FrocCohort(FrocInputs inputs, Protocol protocol, Compat compat) {
    this.inputs = inputs;
    this.protocol = protocol;
    this.compat = compat;
    this.truth = TruthFolder.of(inputs.truth());
    inputs.slides().ifPresent(this::listSlides);
  }

  /**
   * Reads and counts all slides.
   *
   * @param begun is told each slide's name before it is read
   * @throws MicrometException of kind USAGE if there are no slides, or by {@link Compat#MONAI} one
   *     without truth where the protocol asks for it; of kind INPUT if a file cannot be read
   */
  public static FrocCohort read(
      FrocInputs inputs, Protocol protocol, Compat compat, Consumer<String> begun) {
    FrocCohort cohort = new FrocCohort(inputs, protocol, compat);
    List<String> excluded = new ArrayList<>();
    List<String> withoutTruth = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Path file : inputs.files()) {
      String name = inputs.source().slide(file.getFileName().toString());
      seen.add(name.toLowerCase(Locale.ROOT));
      Optional<Path> truth = cohort.truth.find(file.getFileName().toString(), name);
      if (protocol.excludes(name)) {
        excluded.add(name);
      } else if (truth.isEmpty() && protocol.slides() == SlideRule.WITH_TRUTH) {
        withoutTruth.add(name);
      } else {
        begun.accept(name);
        cohort.count(name, Optional.of(file), truth);
      }
    }
    cohort.withoutTruth(withoutTruth);
    cohort.withoutDetections(seen, begun);
    cohort.withoutEither(seen, begun);
    cohort.warn(excluded, "left out by the protocol " + protocol.title());
    cohort.warn(
        cohort.phantoms,
        "with an empty mask: the reference sees a phantom lesion of isolated tumour cells in the"
            + " first corner, whose 0 is among the probabilities; --compat correct does not");
    cohort.counts.sort(Comparator.comparing(SlideCount::slide));
    cohort.warnOfTheirNumber();
    if (cohort.counts.isEmpty()) {
      throw new MicrometException(
          ErrorKind.USAGE,
          inputs.folder().toString(),
          "has no slide that counts by the protocol " + protocol.title(),
          "Check --ground-truth-dir " + inputs.truth() + " and --protocol.");
    }
    return cohort;
  }

  /** One a slide, in order of their names. */
  public List<SlideCount> counts() {
    return List.copyOf(counts);
  }

  /** The detections that were counted, by slide, in the order in which they were read. */
  public Map<String, List<ScoredPoint>> points() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(points));
  }

  /** Every file that was read. */
  public List<Path> files() {
    return List.copyOf(files);
  }

  /** Sentences on the whole; those of single slides are in their counts. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Sums up.
   *
   * @param draws of slides for the interval; 0 gives none
   * @param seed the same seed gives the same interval
   */
  public FrocResult result(int draws, long seed) {
    Optional<Interval> interval =
        draws == 0
            ? Optional.empty()
            : Optional.of(
                SlideBootstrap.interval(
                    counts, protocol.rates(), draws, seed, SlideBootstrap.CONFIDENCE));
    return result(interval);
  }

  /**
   * Sums up.
   *
   * @param interval of the score, if slides were drawn again
   */
  public FrocResult result(Optional<Interval> interval) {
    return Froc.of(counts, protocol, compat, interval, warnings);
  }

  private void listSlides(Path folder) {
    try (Stream<Path> listed = Files.list(folder)) {
      listed
          .filter(SlideNames::fits)
          .sorted()
          .forEach(
              file -> {
                String name = SlideNames.nameOf(file.getFileName().toString());
                slideFiles.put(name.toLowerCase(Locale.ROOT), file);
              });
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.USAGE,
          folder.toString(),
          "is not a folder that can be read",
          "Check --slides.",
          e);
    }
  }

  private void withoutTruth(List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    if (compat == Compat.MONAI) {
      throw new MicrometException(
          ErrorKind.USAGE,
          names.get(0),
          "has a map but no truth in "
              + inputs.truth()
              + (names.size() > 1 ? " (and " + (names.size() - 1) + " more)" : ""),
          "Give its mask or annotation; --protocol challenge-129 counts slides without one as"
              + " tumour-free, --compat correct leaves them out.");
    }
    warn(names, "left out, because " + protocol.title() + " counts only slides with truth");
  }

  private void withoutDetections(Set<String> seen, Consumer<String> begun) {
    List<String> missing =
        truth.slides().stream()
            .filter(name -> !seen.contains(name.toLowerCase(Locale.ROOT)))
            .filter(name -> !protocol.excludes(name))
            .toList();
    switch (compat) {
      case MONAI ->
          warn(
              missing,
              "with truth but without a map, not counted, as in the reference: their lesions are"
                  + " not missed; --compat correct counts them");
      case CORRECT -> {
        for (String name : missing) {
          begun.accept(name);
          count(name, Optional.empty(), truth.find(name + ".npy", name));
        }
        warn(missing, "with truth but without a map, counted as slides on which nothing fired");
      }
    }
  }

  /** Where all slides count, those on which detect found no tissue and nobody found tumour too. */
  private void withoutEither(Set<String> seen, Consumer<String> begun) {
    if (protocol.slides() != SlideRule.ALL) {
      return;
    }
    Set<String> known = new HashSet<>(seen);
    truth.slides().forEach(name -> known.add(name.toLowerCase(Locale.ROOT)));
    List<String> missing =
        slideFiles.values().stream()
            .map(file -> SlideNames.nameOf(file.getFileName().toString()))
            .filter(name -> !known.contains(name.toLowerCase(Locale.ROOT)))
            .filter(name -> !name.toLowerCase(Locale.ROOT).endsWith(TruthFolder.MASK))
            .filter(name -> !protocol.excludes(name))
            .toList();
    switch (compat) {
      case MONAI ->
          warn(
              missing,
              "of --slides without a map and without truth, not counted; "
                  + protocol.title()
                  + " counts all slides, and --compat correct counts these");
      case CORRECT -> {
        for (String name : missing) {
          begun.accept(name);
          count(name, Optional.empty(), Optional.empty());
        }
        warn(
            missing,
            "of --slides without a map and without truth, counted as tumour-free slides on which"
                + " nothing fired");
      }
    }
  }

  private void warnOfTheirNumber() {
    protocol
        .expectedSlides()
        .ifPresent(
            expected -> {
              if (counts.size() != expected) {
                warnings.add(
                    counts.size()
                        + " slides count, but "
                        + protocol.title()
                        + " is of "
                        + expected
                        + ": published scores are not comparable.");
              }
            });
  }

  private void warn(List<String> names, String what) {
    if (!names.isEmpty()) {
      String some = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
      warnings.add(
          names.size()
              + (names.size() == 1 ? " slide " : " slides ")
              + what
              + ": "
              + some
              + (names.size() > MOST_NAMES ? ", ..." : "")
              + ".");
    }
  }

  private void count(String name, Optional<Path> detections, Optional<Path> truthFile) {
    Fired fired = detections.map(this::fired).orElse(Fired.NOTHING);
    List<String> notes = new ArrayList<>();
    Optional<Path> slide = Optional.ofNullable(slideFiles.get(name.toLowerCase(Locale.ROOT)));
    Optional<SlideFacts> facts = slide.map(this::facts);
    double spacing = 0;
    LesionMask lesions = LesionMask.normal();
    if (truthFile.isPresent()) {
      files.add(truthFile.get());
      Optional<TruthMasks.Size> size = facts.map(SlideFacts::size).or(() -> fired.size());
      TruthMasks.Read read = TruthMasks.read(truthFile.get(), protocol, size);
      spacing = spacing(name, facts.flatMap(SlideFacts::mpp).or(read::mpp));
      LesionMask found = Froc.lesions(read.mask(), protocol, spacing, compat);
      lesions = read.bounded() ? found : found.unbounded();
      notes.addAll(notes(name, read, fired));
      if (found.isPhantom()) {
        phantoms.add(name);
      }
    } else if (protocol.spacing().isEmpty()) {
      spacing = 1; // no lesion to measure
    }
    SlideCount count =
        Froc.count(name, fired.points(), lesions, protocol, spacing, fired.maxProbability());
    notes.addAll(count.warnings());
    points.put(name, fired.points());
    counts.add(
        new SlideCount(
            name,
            count.lesions(),
            count.falsePositives(),
            count.phantom(),
            count.maxProbability(),
            notes));
  }

  private List<String> notes(String name, TruthMasks.Read read, Fired fired) {
    List<String> notes = new ArrayList<>();
    if (!read.note().isEmpty()) {
      notes.add(read.note());
    }
    TumourMask mask = read.mask();
    fired
        .size()
        .filter(size -> size.rows() != mask.rows() || size.columns() != mask.columns())
        .ifPresent(
            size ->
                notes.add(
                    String.format(
                        Locale.ROOT,
                        "%s: the map has %d x %d cells and the mask %d x %d at level %d.",
                        name,
                        size.rows(),
                        size.columns(),
                        mask.rows(),
                        mask.columns(),
                        protocol.level())));
    mask.counts().entrySet().stream()
        .filter(each -> each.getKey() != protocol.maskValue())
        .forEach(
            each -> {
              boolean tumour = protocol.isTumour(each.getKey(), compat);
              notes.add(
                  String.format(
                      Locale.ROOT,
                      "%s: %d cells of the mask are %d, not %d, and %s.",
                      name,
                      each.getValue(),
                      each.getKey(),
                      protocol.maskValue(),
                      tumour
                          ? "count as tumour; --compat monai does not count them"
                          : "do not count as tumour; --compat correct"
                              + (protocol.anyMaskValue() ? " counts them" : " neither")));
            });
    return notes;
  }

  private double spacing(String name, Optional<Mpp> own) {
    OptionalDouble fixed = protocol.spacing();
    if (fixed.isPresent()) {
      return fixed.getAsDouble();
    }
    return own.map(Mpp::mean)
        .orElseThrow(
            () ->
                new MicrometException(
                    ErrorKind.USAGE,
                    name,
                    "neither its slide nor its mask says how large a pixel is, and "
                        + protocol.title()
                        + " asks for each slide's own",
                    "Give --slides DIR, or one --spacing for all."));
  }

  /**
   * What fired on a slide.
   *
   * @param size of the map at the protocol's level; empty if there is no map or it has another
   */
  private record Fired(
      List<ScoredPoint> points, double maxProbability, Optional<TruthMasks.Size> size) {
    static final Fired NOTHING = new Fired(List.of(), 0, Optional.empty());
  }

  private Fired fired(Path file) {
    files.add(file);
    return switch (inputs.source()) {
      case MAPS -> ofMap(file);
      case DETECTIONS, CHALLENGE -> {
        List<ScoredPoint> read = DetectionFiles.read(file);
        double most = read.stream().mapToDouble(ScoredPoint::probability).max().orElse(0);
        yield new Fired(read, most, Optional.empty());
      }
    };
  }

  private Fired ofMap(Path file) {
    NpyFile.Content map = DetectionFiles.map(file);
    double most = Arrays.stream(map.values()).max().orElse(0);
    Grid grid = new Grid(map.rows(), map.columns(), Math.scalb(1.0, inputs.mapLevel()));
    List<ScoredPoint> peaks =
        DetectionFiles.points(
            ProbNms.detect(map.on(grid), protocol.threshold(), protocol.box(), inputs.mapLevel()));
    Optional<TruthMasks.Size> size =
        inputs.mapLevel() == protocol.level()
            ? Optional.of(new TruthMasks.Size(map.rows(), map.columns()))
            : Optional.empty();
    return new Fired(peaks, most, size);
  }

  /** Of a slide: its size at the protocol's level, and its spacing. */
  private record SlideFacts(TruthMasks.Size size, Optional<Mpp> mpp) {}

  private SlideFacts facts(Path file) {
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT)) {
      List<Level> levels = slide.info().levels();
      long width = slide.info().width();
      long height = slide.info().height();
      // The levels of some formats are further apart than halves.
      if (protocol.level() < levels.size()
          && Math.abs(
                  levels.get(protocol.level()).downsample() / Math.scalb(1, protocol.level()) - 1)
              < LEVEL_TOLERANCE) {
        width = levels.get(protocol.level()).width();
        height = levels.get(protocol.level()).height();
      } else {
        for (int i = 0; i < protocol.level(); i++) {
          width = (width + 1) / 2;
          height = (height + 1) / 2;
        }
      }
      return new SlideFacts(
          TruthMasks.Size.of(file, protocol.level(), height, width), slide.info().mpp());
    }
  }
}
