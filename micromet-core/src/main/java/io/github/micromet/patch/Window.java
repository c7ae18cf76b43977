// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.patch;

import io.github.micromet.grid.CellBlock;

/**
 * One square read of the slide and the cells whose values it gives.
 *
 * @param x0 left edge in level-0 pixels; may be negative or overrun
 * @param y0 top edge in level-0 pixels
 * @param size edge in pixels of the plan's level
 * @param fills the cells
 */
public record Window(long x0, long y0, int size, CellBlock fills) {}
