// SPDX-License-Identifier: Apache-2.0
/** What a driver supplies; tiles become regions; a cache bounded in bytes. */
package io.github.micromet.slide.tile;
