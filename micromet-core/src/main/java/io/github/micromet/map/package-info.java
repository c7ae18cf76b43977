// SPDX-License-Identifier: Apache-2.0
/** Logits become a probability map, and its .npy file. */
package io.github.micromet.map;
