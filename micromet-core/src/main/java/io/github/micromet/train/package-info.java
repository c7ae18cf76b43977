// SPDX-License-Identifier: Apache-2.0
/** Labelled batches become weights: loss, optimiser, schedule, checkpoints. */
package io.github.micromet.train;
