// SPDX-License-Identifier: Apache-2.0
/** Labelled regions are read, split into patches, altered and gathered into batches. */
package io.github.micromet.train.sample;
