// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Named tensors in the order of their file, as PyTorch's {@code state_dict()}.
 *
 * <p>Threads: immutable, safe for many.
 */
public final class StateDict {
  private final Map<String, WeightTensor> tensors;

  private StateDict(Map<String, WeightTensor> tensors) {
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** Keeps the map's own order. */
  public static StateDict of(Map<String, WeightTensor> tensors) {
    return new StateDict(tensors);
  }

  public int size() {
    return tensors.size();
  }

  /** The names in order. */
  public Set<String> names() {
    return tensors.keySet();
  }

  public Optional<WeightTensor> get(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  /** All of them, in order, unmodifiable. */
  public Map<String, WeightTensor> tensors() {
    return tensors;
  }
}
