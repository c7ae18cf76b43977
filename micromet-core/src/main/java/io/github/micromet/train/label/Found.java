// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

/** A labelled place and where it was named. */
record Found(LabelledRegion region, Line line) {}
