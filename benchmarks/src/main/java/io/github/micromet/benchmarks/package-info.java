// SPDX-License-Identifier: Apache-2.0
/** Ratios of one run, with the rivals in the same table. */
package io.github.micromet.benchmarks;
