// SPDX-License-Identifier: Apache-2.0
/** One patch becomes another of the same label, by drawn or given numbers. */
package io.github.micromet.train.augment;
