// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.Csv;
import io.github.micromet.run.Spacing;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.SlideNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The slides of a run: files, folders, lists and manifests become jobs, and what was left out of a
 * folder is said.
 *
 * @param jobs in the order given, folders by name
 * @param notes sentences for the log, e.g. which files of a folder are not slides by their names
 */
public record SlideList(List<SlideJob> jobs, List<String> notes) {
  public SlideList {
    jobs = List.copyOf(jobs);
    notes = List.copyOf(notes);
  }

  /**
   * Gathers the slides of a run.
   *
   * @param given files and folders; a folder gives its files whose names end like a slide's
   * @param list a text file with a path a line, relative to itself; blank lines and # are skipped
   * @param manifest a CSV with a header line: slide, and optionally mpp and mask; paths relative to
   *     itself; its mpp and mask also apply to a slide given otherwise
   * @throws MicrometException if something named is not there, nothing is left, or two slides have
   *     one name
   */
  public static SlideList of(List<Path> given, Optional<Path> list, Optional<Path> manifest) {
    List<SlideJob> jobs = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Path path : given) {
      add(path, jobs, notes);
    }
    if (list.isPresent()) {
      for (String line : Csv.lines(list.get())) {
        if (!line.isBlank() && !line.startsWith("#")) {
          add(list.get().toAbsolutePath().resolveSibling(line.strip()), jobs, notes);
        }
      }
    }
    if (manifest.isPresent()) {
      jobs = merged(jobs, Manifest.read(manifest.get()));
    }
    if (jobs.isEmpty()) {
      throw new MicrometException(
          ErrorKind.USAGE, "no slides", "nothing to do", "Name a slide, a folder or a --list.");
    }
    refuseTwins(jobs);
    return new SlideList(jobs, notes);
  }

  /** The same slides; those whose spacing no manifest gives get this one. */
  public SlideList withMpp(Mpp mpp) {
    Optional<Spacing> spacing = Optional.of(Spacing.of(mpp, Spacing.Origin.OPTION));
    return new SlideList(
        jobs.stream()
            .map(
                job ->
                    job.spacing().isPresent() ? job : new SlideJob(job.file(), spacing, job.mask()))
            .toList(),
        notes);
  }

  /** The same slides; those without a mask of their own get this one. */
  public SlideList withMask(Path mask) {
    return new SlideList(
        jobs.stream()
            .map(
                job ->
                    job.mask().isPresent()
                        ? job
                        : new SlideJob(job.file(), job.spacing(), Optional.of(mask)))
            .toList(),
        notes);
  }

  private static void add(Path path, List<SlideJob> jobs, List<String> notes) {
    if (Files.isRegularFile(path)) {
      jobs.add(SlideJob.of(path));
      return;
    }
    if (!Files.isDirectory(path)) {
      throw new MicrometException(
          ErrorKind.USAGE, path.toString(), "there is no such file or folder", "Check the path.");
    }
    int before = jobs.size();
    List<String> others = new ArrayList<>();
    for (Path file : folder(path)) {
      if (SlideNames.fits(file)) {
        jobs.add(SlideJob.of(file));
      } else {
        others.add(file.getFileName().toString());
      }
    }
    if (!others.isEmpty()) {
      notes.add(
          path
              + ": left out "
              + others.size()
              + " files that are not slides by their names: "
              + String.join(", ", others.subList(0, Math.min(5, others.size())))
              + (others.size() > 5 ? ", ..." : ""));
    }
    if (jobs.size() == before) {
      throw new MicrometException(
          ErrorKind.USAGE,
          path.toString(),
          "the folder holds no slide (" + others.size() + " other files)",
          "Slides end in " + String.join(", ", SlideNames.extensions()) + ".");
    }
  }

  private static List<Path> folder(Path path) {
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.INPUT, path.toString(), "cannot be listed: " + e.getMessage(), "", e);
    }
  }

  private static List<SlideJob> merged(List<SlideJob> jobs, List<SlideJob> manifest) {
    if (jobs.isEmpty()) {
      return manifest;
    }
    Map<Path, SlideJob> known = new HashMap<>();
    for (SlideJob job : manifest) {
      known.put(job.file().toAbsolutePath().normalize(), job);
    }
    List<SlideJob> merged = new ArrayList<>();
    for (SlideJob job : jobs) {
      SlideJob found = known.get(job.file().toAbsolutePath().normalize());
      merged.add(found == null ? job : new SlideJob(job.file(), found.spacing(), found.mask()));
    }
    return merged;
  }

  private static void refuseTwins(List<SlideJob> jobs) {
    Map<String, SlideJob> seen = new HashMap<>();
    for (SlideJob job : jobs) {
      SlideJob other = seen.put(job.name().toLowerCase(Locale.ROOT), job);
      if (other != null) {
        throw new MicrometException(
            ErrorKind.USAGE,
            job.file().toString(),
            "has the same name as "
                + other.file()
                + ", so their outputs would overwrite each other",
            "Rename one, or run them into two folders.");
      }
    }
  }

  /** A CSV of slides: slide, mpp, mask. */
  static final class Manifest {
    private Manifest() {}

    static List<SlideJob> read(Path file) {
      List<String> lines = Csv.lines(file);
      if (lines.isEmpty()) {
        throw wrong(file, 1, "is empty");
      }
      List<String> header = Csv.fields(lines.get(0).toLowerCase(Locale.ROOT));
      int slide = header.indexOf("slide");
      int mpp = header.indexOf("mpp");
      int mask = header.indexOf("mask");
      if (slide < 0) {
        throw wrong(file, 1, "has no column named slide");
      }
      List<SlideJob> jobs = new ArrayList<>();
      for (int i = 1; i < lines.size(); i++) {
        if (lines.get(i).isBlank()) {
          continue;
        }
        List<String> row = Csv.fields(lines.get(i));
        String name = cell(row, slide);
        if (name.isEmpty()) {
          throw wrong(file, i + 1, "names no slide");
        }
        Path path = file.toAbsolutePath().resolveSibling(name);
        if (!Files.isRegularFile(path)) {
          throw wrong(file, i + 1, "names " + name + ", which is not there");
        }
        jobs.add(
            new SlideJob(
                path,
                spacing(file, i + 1, cell(row, mpp)),
                maskFile(file, i + 1, cell(row, mask))));
      }
      return jobs;
    }

    private static Optional<Path> maskFile(Path file, int line, String text) {
      if (text.isEmpty()) {
        return Optional.empty();
      }
      Path path = file.toAbsolutePath().resolveSibling(text);
      if (!Files.isRegularFile(path)) {
        throw wrong(file, line, "names the mask " + text + ", which is not there");
      }
      return Optional.of(path);
    }

    private static Optional<Spacing> spacing(Path file, int line, String text) {
      if (text.isEmpty()) {
        return Optional.empty();
      }
      try {
        Mpp mpp = Mpp.of(Double.parseDouble(text));
        return Optional.of(Spacing.of(mpp, Spacing.Origin.MANIFEST));
      } catch (IllegalArgumentException e) {
        throw wrong(file, line, "has the mpp '" + text + "', which is not a positive number");
      }
    }

    private static String cell(List<String> row, int column) {
      return column < 0 || column >= row.size() ? "" : row.get(column);
    }

    private static MicrometException wrong(Path file, int line, String problem) {
      return new MicrometException(
          ErrorKind.USAGE,
          file.toString(),
          "line " + line + " " + problem,
          "A manifest is a CSV with the header slide,mpp,mask; mpp and mask may be empty.");
    }
  }
}
