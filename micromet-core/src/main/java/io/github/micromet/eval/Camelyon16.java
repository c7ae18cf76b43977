// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.Csv;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a download of CAMELYON16 is whole, in whatever folders: its mirrors lay it out
 * differently, so files are known by their names alone.
 *
 * <p>Source of the list: the CAMELYON16 README and DIDSR/dldp's notes on it. 399 slides: normal_001
 * to normal_160 without 086 (renamed tumor_111), tumor_001 to tumor_111, test_001 to test_130
 * without 049 (a duplicate, withdrawn); outlines of the 111 and of 48 test slides. Hashes are not
 * kept here: the data set brings its own checksums.md5.
 *
 * <p>Threads: stateless.
 */
public final class Camelyon16 {
  private static final int TEST_OUTLINES = 48;
  private static final int MOST_NAMES = 8;

  private Camelyon16() {}

  /**
   * What was found.
   *
   * @param complete whether nothing is missing or broken
   * @param lines for people, one a kind of file
   */
  public record Check(boolean complete, List<String> lines) {
    public Check {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Looks through a folder and those in it.
   *
   * @param md5 also read every file that checksums.md5 names and compare
   * @throws MicrometException of kind USAGE if it is no folder, or md5 is asked for and there is no
   *     checksums.md5
   */
  public static Check check(Path folder, boolean md5) {
    Map<String, Path> files = files(folder);
    List<String> lines = new ArrayList<>();
    boolean whole = slides(files, "normal", 160, number -> number != 86, lines);
    whole &= slides(files, "tumor", 111, number -> true, lines);
    whole &= slides(files, "test", 130, number -> number != 49, lines);
    whole &= named(files, names("tumor", ".xml", 111, number -> true), "tumor annotations", lines);
    long outlines = files.keySet().stream().filter(n -> n.matches("test_\\d{3}\\.xml")).count();
    lines.add(String.format(Locale.ROOT, "test annotations: %d of %d", outlines, TEST_OUTLINES));
    whole &= outlines >= TEST_OUTLINES;
    if (md5) {
      whole &= hashes(folder, files, lines);
    } else {
      lines.add("hashes: not compared; --md5 compares them with checksums.md5 of the download");
    }
    return new Check(whole, lines);
  }

  private static Map<String, Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      Map<String, Path> files = new TreeMap<>();
      all.filter(Files::isRegularFile)
          .forEach(f -> files.putIfAbsent(f.getFileName().toString().toLowerCase(Locale.ROOT), f));
      if (Files.isDirectory(folder)) {
        return files;
      }
    } catch (UncheckedIOException e) {
      // The message is the path within that failed, or of links that lead in a circle.
      throw noFolder(folder, "cannot be looked through (" + e.getCause().getMessage() + ")", e);
    } catch (IOException e) {
      throw noFolder(folder, "is not a folder that can be read", e);
    }
    throw noFolder(folder, "is not a folder that can be read", null);
  }

  private static MicrometException noFolder(Path folder, String problem, Exception e) {
    return new MicrometException(
        ErrorKind.USAGE, folder.toString(), problem, "Give the folder of the download.", e);
  }

  private static List<String> names(String kind, String ending, int last, IntPredicate there) {
    List<String> names = new ArrayList<>();
    for (int number = 1; number <= last; number++) {
      if (there.test(number)) {
        names.add(String.format(Locale.ROOT, "%s_%03d%s", kind, number, ending));
      }
    }
    return names;
  }

  private static boolean slides(
      Map<String, Path> files, String kind, int last, IntPredicate there, List<String> lines) {
    List<String> names = names(kind, ".tif", last, there);
    boolean whole = named(files, names, kind + " slides", lines);
    List<String> broken = new ArrayList<>();
    for (String name : names) {
      if (files.containsKey(name)) {
        opened(files.get(name)).ifPresent(broken::add);
      }
    }
    broken.forEach(each -> lines.add("  broken: " + each));
    return whole && broken.isEmpty();
  }

  /** Empty if it opens, else why not. */
  private static Optional<String> opened(Path file) {
    try {
      Slides.open(file, SlideOptions.DEFAULT).close();
      return Optional.empty();
    } catch (MicrometException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static boolean named(
      Map<String, Path> files, List<String> names, String what, List<String> lines) {
    List<String> missing = names.stream().filter(name -> !files.containsKey(name)).toList();
    lines.add(
        String.format(
            Locale.ROOT, "%s: %d of %d", what, names.size() - missing.size(), names.size()));
    if (!missing.isEmpty()) {
      lines.add("  missing: " + some(missing));
    }
    return missing.isEmpty();
  }

  private static String some(List<String> names) {
    return names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
        + (names.size() > MOST_NAMES ? ", ..." : "");
  }

  private static boolean hashes(Path folder, Map<String, Path> files, List<String> lines) {
    Path list = files.get("checksums.md5");
    if (list == null) {
      throw new MicrometException(
          ErrorKind.USAGE,
          folder.toString(),
          "holds no checksums.md5",
          "Download it too: it lies beside the README of CAMELYON16.");
    }
    int right = 0;
    int wrong = 0;
    List<String> absent = new ArrayList<>();
    for (String line : Csv.lines(list)) {
      // md5sum's lines: 32 digits, a space, a space or *, the path.
      if (!line.matches("[0-9a-fA-F]{32} [ *].+")) {
        continue;
      }
      String name = line.substring(34).replace('\\', '/');
      Path file = files.get(name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT));
      if (file == null) {
        absent.add(name);
        continue;
      }
      if (md5(file).equalsIgnoreCase(line.substring(0, 32))) {
        right++;
      } else {
        wrong++;
        lines.add("  other bytes than checksums.md5 says: " + file);
      }
    }
    lines.add(String.format(Locale.ROOT, "hashes: %d right, %d wrong", right, wrong));
    if (!absent.isEmpty()) {
      // What must be there was named above; a list may hold more than this check asks for.
      lines.add("  in checksums.md5 but not here: " + absent.size() + ": " + some(absent));
    }
    return wrong == 0;
  }

  private static String md5(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] buffer = new byte[1 << 20];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.INPUT,
          file.toString(),
          "cannot be read (" + e.getMessage() + ")",
          "Check the disk.",
          e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
