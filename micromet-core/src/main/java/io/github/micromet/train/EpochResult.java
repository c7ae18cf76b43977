// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import java.util.OptionalDouble;

/**
 * One epoch that has ended.
 *
 * @param epoch from 1
 * @param loss mean over its patches, as they were altered and as the network changed
 * @param trainAccuracy of the same, 0..1
 * @param validAccuracy 0..1; empty if this epoch was not validated
 * @param best whether no epoch before was as good, so that it became {@code model.pt}
 * @param learningRate of its steps
 * @param patches trained on, over all processes
 * @param patchesPerSecond of its steps
 * @param seconds it took, with validation; since it was resumed, if it was
 */
public record EpochResult(
    int epoch,
    double loss,
    double trainAccuracy,
    OptionalDouble validAccuracy,
    boolean best,
    double learningRate,
    long patches,
    double patchesPerSecond,
    double seconds) {}
