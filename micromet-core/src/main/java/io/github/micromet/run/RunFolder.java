// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder a run writes to: it says which names are the run's, and refuses to mix them with the
 * files of somebody else. Every file in it is whole, or hidden and unfinished.
 *
 * <p>Threads: safe for many, as long as each writes another slide's files.
 */
public final class RunFolder implements AutoCloseable {
  /** All slides in short. */
  public static final String RUN = "run.json";

  /** A row a slide. */
  public static final String SUMMARY = "summary.csv";

  /** `micromet froc` writes into the folder of the maps, as the reference does. */
  private static final Set<String> OF_FROC =
      Set.of(
          "froc_score.txt",
          "froc_slides.csv",
          "froc_lesions.csv",
          "froc_false_positives.csv",
          "froc_curve.csv",
          "froc.json",
          "froc.png",
          "report.html");

  private static final int NAMES_TOLD = 3;

  private final Path path;
  private final RunLock lock;

  private RunFolder(Path path, RunLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates the folder, or takes one that is empty or holds nothing but a Micromet run's files; an
   * unfinished {@code run.json} is in it from then on.
   *
   * @param overwrite names the folder once more when it may hold other files: those that have a
   *     name of this run's are replaced, all others stay
   * @throws MicrometException of kind USAGE if the folder holds other files, is a file, is not what
   *     {@code overwrite} names, or another run is writing into it; of kind RESOURCE if it cannot
   *     be made
   */
  public static RunFolder open(Path folder, Optional<Path> overwrite) {
    if (overwrite.isPresent() && !isSame(folder, overwrite.get())) {
      throw new MicrometException(
          ErrorKind.USAGE,
          "--overwrite " + overwrite.get(),
          "is not the output folder, which is " + folder,
          "Name the same folder twice, or leave --overwrite out.");
    }
    create(folder);
    List<String> foreign = overwrite.isPresent() ? List.of() : foreignNames(folder);
    if (!foreign.isEmpty()) {
      throw new MicrometException(
          ErrorKind.USAGE,
          folder.toString(),
          "holds " + told(foreign) + " that no Micromet run wrote",
          "Choose an empty or a new folder, or add --overwrite " + folder + ".");
    }
    RunLock lock = RunLock.of(folder);
    // From here on a killed run's folder is known as ours.
    Map<String, Object> begun = new LinkedHashMap<>();
    begun.put("format", RunRecord.FORMAT);
    begun.put("formatVersion", RunRecord.FORMAT_VERSION);
    begun.put("status", RunRecord.Status.RUNNING);
    RunJson.write(folder.resolve(RUN), begun);
    return new RunFolder(folder, lock);
  }

  /** Lets another run have the folder. */
  @Override
  public void close() {
    lock.close();
  }

  public Path path() {
    return path;
  }

  /** The names of a slide's files. */
  public SlideFiles files(String slideName) {
    return SlideFiles.in(path, slideName);
  }

  /** Removes what an earlier run left of a slide, its record first, so that no old file passes. */
  public void clear(String slideName) {
    List<Path> files = new ArrayList<>(files(slideName).all());
    Collections.reverse(files);
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new MicrometException(
            ErrorKind.RESOURCE,
            file.toString(),
            "is of an earlier run and cannot be removed (" + e.getMessage() + ")",
            "Make the folder writable, or choose another.",
            e);
      }
    }
  }

  /**
   * Writes {@code run.json} and {@code summary.csv} of the slides that have ended so far, with
   * status running: a killed run leaves a summary of what it finished.
   */
  public void writeSoFar(
      Provenance provenance, List<? extends SlideOutcome> outcomes, Timing timing) {
    write(RunRecord.ended(provenance, outcomes, timing).withStatus(RunRecord.Status.RUNNING));
    Summary.write(path.resolve(SUMMARY), outcomes);
  }

  /** Writes {@code run.json} and {@code summary.csv} of a run that has ended. */
  public void write(Provenance provenance, List<? extends SlideOutcome> outcomes, Timing timing) {
    Summary.write(path.resolve(SUMMARY), outcomes);
    write(RunRecord.ended(provenance, outcomes, timing));
  }

  private void write(RunRecord record) {
    RunJson.write(path.resolve(RUN), record);
  }

  private static boolean isSame(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new MicrometException(
          ErrorKind.USAGE, e.getFile(), "is a file, not a folder", "Choose another output folder.");
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          folder.toString(),
          "cannot be made (" + e.getMessage() + ")",
          "Choose a folder that can be written to.",
          e);
    }
  }

  private static List<String> foreignNames(Path folder) {
    boolean ours = RunJson.formatOf(folder.resolve(RUN)).equals(Optional.of(RunRecord.FORMAT));
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !AtomicFiles.isUnfinished(file) && !isLock(file))
          .filter(file -> !(ours && isRunsName(file)))
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          folder.toString(),
          "cannot be listed (" + e.getMessage() + ")",
          "Choose a folder that can be read.",
          e);
    }
  }

  private static boolean isLock(Path file) {
    return file.getFileName().toString().equals(RunLock.NAME);
  }

  private static boolean isRunsName(Path file) {
    String name = file.getFileName().toString();
    return name.equals(RUN)
        || name.equals(SUMMARY)
        || OF_FROC.contains(name)
        || SlideFiles.ENDINGS.stream().anyMatch(name::endsWith);
  }

  private static String told(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMES_TOLD, names.size())));
    int more = names.size() - NAMES_TOLD;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
