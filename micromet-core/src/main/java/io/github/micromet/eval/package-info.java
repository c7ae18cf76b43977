// SPDX-License-Identifier: Apache-2.0
/** Detections x truth become FROC: curve, score, interval, what was found and what was missed. */
package io.github.micromet.eval;
