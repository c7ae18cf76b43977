// SPDX-License-Identifier: Apache-2.0
/** Streams a pyramidal TIFF of any size through a few tiles of memory. */
package io.github.micromet.slide.write;
