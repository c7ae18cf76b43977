// SPDX-License-Identifier: Apache-2.0
/**
 * Bytes of one tile to RGB and back. One decoder a codec and no fallback to another, so every
 * machine sees the same pixels.
 */
package io.github.micromet.slide.codec;
