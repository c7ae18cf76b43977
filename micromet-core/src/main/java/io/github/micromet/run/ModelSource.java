// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import io.github.micromet.net.ModelContract;
import java.util.Objects;

/**
 * The model that scored.
 *
 * @param name of its file, without folders
 * @param sha256 of its file, hexadecimal
 * @param format of its file, e.g. {@code pytorch}, {@code safetensors}, {@code torchscript}
 * @param contract what it expects and gives
 */
public record ModelSource(String name, String sha256, String format, ModelContract contract) {
  public ModelSource {
    Objects.requireNonNull(name);
    Objects.requireNonNull(sha256);
    Objects.requireNonNull(format);
    Objects.requireNonNull(contract);
  }
}
