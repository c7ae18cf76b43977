// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

import java.util.Map;

/**
 * What a file of weights held.
 *
 * @param state the tensors
 * @param sha256 of the whole file, lower-case hex
 * @param format how it was written
 * @param metadata the strings a safetensors file carries beside its tensors; empty for the others
 */
public record Checkpoint(
    StateDict state, String sha256, Format format, Map<String, String> metadata) {

  public Checkpoint {
    metadata = Map.copyOf(metadata);
  }

  /** How a checkpoint is written. */
  public enum Format {
    /** The zip archive of {@code torch.save}. */
    PYTORCH,
    /** The zip archive of {@code torch.jit.save}; only its tensors are read. */
    TORCHSCRIPT,
    SAFETENSORS
  }
}
