// SPDX-License-Identifier: Apache-2.0
/** The batch of windows, N,S,S,3 uint8, and its pool of direct buffers. */
package io.github.micromet.pixels;
