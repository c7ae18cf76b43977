// SPDX-License-Identifier: Apache-2.0
/** A slide becomes a tissue mask on a grid. */
package io.github.micromet.tissue;
