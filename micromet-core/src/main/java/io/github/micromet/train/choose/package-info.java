// SPDX-License-Identifier: Apache-2.0
/** Truth and tissue become regions to train on: tumour and normal, seeded, split by slide. */
package io.github.micromet.train.choose;
