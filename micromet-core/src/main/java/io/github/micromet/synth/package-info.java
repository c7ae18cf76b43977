// SPDX-License-Identifier: Apache-2.0
/** Seeded synthetic slides with their truth, for tests and the demo. */
package io.github.micromet.synth;
