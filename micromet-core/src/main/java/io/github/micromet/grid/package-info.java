// SPDX-License-Identifier: Apache-2.0
/** Cells over a slide, and every conversion between cells, level-0 pixels and micrometres. */
package io.github.micromet.grid;
