// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

/**
 * What really computes.
 *
 * @param name e.g. {@code libtorch 2.10.0}
 * @param device e.g. {@code cpu}
 * @param precision e.g. {@code fp32}, {@code bf16}
 */
public record EngineInfo(String name, String device, String precision) {}
