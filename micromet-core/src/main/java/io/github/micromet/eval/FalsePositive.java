// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

/**
 * A detection on no lesion.
 *
 * @param slide name
 * @param probability of the detection
 * @param x0 level-0 pixels
 * @param y0 level-0 pixels
 */
public record FalsePositive(String slide, double probability, double x0, double y0) {}
