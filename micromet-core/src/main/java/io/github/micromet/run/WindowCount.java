// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

/**
 * The windows of a slide.
 *
 * @param planned by the read plan
 * @param scored by the network; fewer only when the run was stopped
 */
public record WindowCount(long planned, long scored) {}
