// SPDX-License-Identifier: Apache-2.0
/** Checkpoint files become named tensors, and named tensors files; never code. */
package io.github.micromet.net.weights;
