// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.truth.PolygonJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of true tumours, one file a slide: mask TIFFs (NAME.tif, NAME_mask.tif) or outlines
 * (NAME.xml of ASAP, NAME.json of NCRF). A mask is preferred to outlines; upper and lower case are
 * the same.
 *
 * <p>Threads: immutable, safe for many.
 */
public final class TruthFolder {
  // In order of preference.
  private static final List<String> ENDINGS =
      List.of("_mask.tif", "_mask.tiff", ".tif", ".tiff", ".xml", ".json");

  /** A slide's mask may lie beside it: NAME.tif and NAME_mask.tif. */
  static final String MASK = "_mask";

  private static final int LOOK = 512;

  private final Path folder;
  private final TreeMap<String, Path> byName = new TreeMap<>(); // file's name in lower case

  private TruthFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Lists the folder.
   *
   * @throws MicrometException of kind USAGE if it is no folder
   */
  public static TruthFolder of(Path folder) {
    TruthFolder truth = new TruthFolder(folder);
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(f -> truth.byName.put(f.getFileName().toString().toLowerCase(Locale.ROOT), f));
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.USAGE,
          folder.toString(),
          "is not a folder that can be read",
          "Give the folder of masks or annotations.",
          e);
    }
    return truth;
  }

  /**
   * The truth of a slide.
   *
   * <p>NAME_mask comes first: where slides and masks share a folder, NAME.tif is the slide.
   *
   * @param fileName of its map or detections; the reference looks for that name with every "npy"
   *     replaced by "tif", so does this before all others but NAME_mask
   * @param slide its name
   */
  public Optional<Path> find(String fileName, String slide) {
    String name = slide.toLowerCase(Locale.ROOT);
    for (String ending : List.of(MASK + ".tif", MASK + ".tiff")) {
      if (byName.containsKey(name + ending)) {
        return Optional.of(byName.get(name + ending));
      }
    }
    String reference = fileName.replace("npy", "tif").toLowerCase(Locale.ROOT);
    if (reference.endsWith(".tif") && byName.containsKey(reference)) {
      return Optional.of(byName.get(reference));
    }
    for (String ending : List.of(".tif", ".tiff", ".xml", ".json")) {
      if (byName.containsKey(name + ending)) {
        return Optional.of(byName.get(name + ending));
      }
    }
    return Optional.empty();
  }

  /** The slides that have truth here, by name, each once. */
  public List<String> slides() {
    TreeMap<String, String> names = new TreeMap<>();
    for (var entry : byName.entrySet()) {
      for (String ending : ENDINGS) {
        if (entry.getKey().endsWith(ending)
            && (!ending.equals(".json") || holdsOutlines(entry.getValue()))) {
          String file = entry.getValue().getFileName().toString();
          String name = file.substring(0, file.length() - ending.length());
          names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
          break;
        }
      }
    }
    return new ArrayList<>(names.values());
  }

  /** Records and manifests are JSON too. */
  private static boolean holdsOutlines(Path json) {
    try (InputStream in = Files.newInputStream(json)) {
      String start = new String(in.readNBytes(LOOK), StandardCharsets.UTF_8);
      return start.contains('"' + PolygonJson.POSITIVE + '"')
          || start.contains('"' + PolygonJson.NEGATIVE + '"');
    } catch (IOException e) {
      return false; // asked for by its name, it will say why it cannot be read
    }
  }

  public Path folder() {
    return folder;
  }
}
