// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.choose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.label.LabelledRegion.OnSlide;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes {@code dataset.json} in MONAI's data-list layout, which `train --datalist` and MONAI's
 * PatchWSIDataset take: locations are [y, x] of the centre.
 */
public final class DataListFile {
  private DataListFile() {}

  /**
   * Writes a list; paths are relative to its folder.
   *
   * @param training places on slides
   * @param validation may be empty
   * @throws MicrometException of kind RESOURCE if the file cannot be written
   */
  public static void write(
      Path file, List<LabelledRegion> training, List<LabelledRegion> validation) {
    Map<String, Object> lists = new LinkedHashMap<>();
    lists.put("training", training.stream().map(region -> item(file, region)).toList());
    lists.put("validation", validation.stream().map(region -> item(file, region)).toList());
    try {
      DefaultIndenter lines = new DefaultIndenter("  ", "\n");
      AtomicFiles.write(
          file,
          new ObjectMapper()
                  .writer(new DefaultPrettyPrinter().withArrayIndenter(lines))
                  .writeValueAsString(lists)
              + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain maps have JSON", e);
    }
  }

  private static Map<String, Object> item(Path list, LabelledRegion region) {
    OnSlide at = (OnSlide) region.place();
    Path folder = list.toAbsolutePath().normalize().getParent();
    Map<String, Object> item = new LinkedHashMap<>();
    item.put(
        "image",
        folder
            .relativize(at.file().toAbsolutePath().normalize())
            .toString()
            .replace(at.file().getFileSystem().getSeparator(), "/"));
    item.put("location", List.of(at.centreY0(), at.centreX0()));
    item.put("label", region.labels());
    return item;
  }
}
