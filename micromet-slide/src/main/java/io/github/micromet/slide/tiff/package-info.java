// SPDX-License-Identifier: Apache-2.0
/** TIFF: the container, and its vendors' dialects as {@code TileSource}. */
package io.github.micromet.slide.tiff;
