// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Labelled images of single patches: a CSV that names them, or a folder whose sub-folders are the
 * classes.
 *
 * <p>A CSV has columns {@code file} (or {@code path}, {@code image}, {@code id}) and {@code label},
 * and may have {@code split} and {@code mpp}; without a header it is file,label. Files are relative
 * to it; an id gets the extension that is there, also in a folder {@code train} beside the CSV (so
 * Kaggle's histopathologic cancer detection is read as it is). Where there is no column {@code
 * split}, folders called train, val or test decide; what is for a test is in no list.
 *
 * <p>In a folder the innermost sub-folder called 0, normal or negative, or 1, tumor, tumour or
 * positive is an image's class. A {@code labels.csv} in it goes first.
 *
 * <p>Threads: stateless.
 */
final class PatchImages {
  private static final Set<String> EXTENSIONS =
      Set.of("png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp");
  private static final List<String> FILE_COLUMNS = List.of("file", "path", "image", "id");
  private static final List<String> LISTS = List.of("labels.csv", "train_labels.csv");
  private static final String REMEDY =
      "A list of patches has a line of file,label for each image; split and mpp may follow, "
          + "if a header names them.";

  private PatchImages() {}

  static void read(Path place, OptionalDouble mpp, Gathered into) {
    if (Files.isRegularFile(place)) {
      list(place, mpp, into);
      return;
    }
    if (!Files.isDirectory(place)) {
      throw new Line(place, 0).wrong("there is no such file or folder", "Check the path.");
    }
    Optional<Path> inside =
        LISTS.stream().map(place::resolve).filter(Files::isRegularFile).findFirst();
    if (inside.isPresent()) {
      list(inside.get(), mpp, into);
    } else {
      folder(place, mpp, into);
    }
  }

  private record Columns(int file, int label, int split, int mpp) {
    /** By the header; without one, file and label. */
    static Columns of(List<String> first, Line line) {
      List<String> names = first.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
      if (!names.contains("label")) {
        return new Columns(0, 1, -1, -1);
      }
      int file =
          FILE_COLUMNS.stream()
              .mapToInt(names::indexOf)
              .filter(at -> at >= 0)
              .findFirst()
              .orElseThrow(() -> line.wrong("names no column file", REMEDY));
      return new Columns(
          file, names.indexOf("label"), names.indexOf("split"), names.indexOf("mpp"));
    }

    boolean fromHeader(List<String> first) {
      return Line.label(label < first.size() ? first.get(label) : "").isEmpty()
          && first.stream().anyMatch("label"::equalsIgnoreCase);
    }
  }

  private static void list(Path file, OptionalDouble mpp, Gathered into) {
    List<String> lines = Csv.lines(file);
    if (lines.isEmpty()) {
      throw new Line(file, 1).wrong("is empty", REMEDY);
    }
    List<String> first = Csv.fields(lines.get(0));
    Columns columns = Columns.of(first, new Line(file, 1));
    int columnCount = first.size();
    for (int i = columns.fromHeader(first) ? 1 : 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      Line line = new Line(file, i + 1);
      List<String> fields = Csv.fields(lines.get(i));
      if (fields.size() != columnCount || columnCount < 2) {
        throw line.wrong(
            "has " + fields.size() + " columns, not " + Math.max(columnCount, 2), REMEDY);
      }
      one(fields, columns, line, mpp, into);
    }
  }

  private static void one(
      List<String> fields, Columns columns, Line line, OptionalDouble mpp, Gathered into) {
    String name = fields.get(columns.file);
    int label = line.labelOf(fields.get(columns.label), REMEDY);
    Path folder = line.file().toAbsolutePath().getParent();
    Path image =
        find(folder, name)
            .orElseThrow(() -> line.wrong("names " + name + ", which is not there", REMEDY));
    Split split =
        columns.split < 0
            ? Split.ofFolders(folder.relativize(image))
            : Split.of(fields.get(columns.split))
                .orElseThrow(
                    () ->
                        line.wrong(
                            "has the split '"
                                + fields.get(columns.split)
                                + "', which is not train, val or test",
                            REMEDY));
    boolean own = columns.mpp >= 0 && !fields.get(columns.mpp).isEmpty();
    into.addImage(
        image,
        label,
        own ? OptionalDouble.of(line.mppOf(fields.get(columns.mpp), REMEDY)) : mpp,
        split,
        line);
  }

  private static Optional<Path> find(Path folder, String name) {
    Path given = folder.resolve(name);
    if (Files.isRegularFile(given)) {
      return Optional.of(given.normalize());
    }
    return Stream.of(folder, folder.resolve("train"))
        .flatMap(in -> EXTENSIONS.stream().sorted().map(end -> in.resolve(name + "." + end)))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static void folder(Path folder, OptionalDouble mpp, Gathered into) {
    int others = 0;
    for (Path image : images(folder)) {
      Path relative = folder.relativize(image);
      Optional<Integer> label = classOf(relative);
      if (label.isPresent()) {
        into.addImage(image, label.get(), mpp, Split.ofFolders(relative), new Line(image, 0));
      } else {
        others++;
      }
    }
    if (others > 0) {
      into.notes.add(folder + ": left out " + others + " images that are in no folder of a class");
    }
  }

  private static List<Path> images(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(PatchImages::isImage).sorted().toList();
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.INPUT, folder.toString(), "cannot be listed: " + e.getMessage(), "", e);
    }
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static Optional<Integer> classOf(Path relative) {
    for (Path at = relative.getParent(); at != null; at = at.getParent()) {
      switch (at.getFileName().toString().toLowerCase(Locale.ROOT)) {
        case "0", "normal", "negative" -> {
          return Optional.of(0);
        }
        case "1", "tumor", "tumour", "positive" -> {
          return Optional.of(1);
        }
        default -> {
          // An outer folder may say.
        }
      }
    }
    return Optional.empty();
  }
}
