// SPDX-License-Identifier: Apache-2.0
/**
 * Bytes of one tile to RGB and back, by one decoder a codec with no fallback to another, so that
 * every machine sees the same pixels.
 */
package io.github.micromet.slide.codec;
