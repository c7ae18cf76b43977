// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import org.bytedeco.pytorch.Tensor;

/**
 * A tensor in native memory by its name in the state dict.
 *
 * @param tensor belongs to whoever made this; a loop's scope does not close it
 */
public record NamedTensor(String name, Tensor tensor) {}
