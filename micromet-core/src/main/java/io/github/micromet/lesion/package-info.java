// SPDX-License-Identifier: Apache-2.0
/** A probability map becomes detections and outlines, and their CSV file. */
package io.github.micromet.lesion;
