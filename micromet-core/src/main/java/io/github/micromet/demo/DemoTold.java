// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.demo;

import io.github.micromet.run.Progress;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Whoever watches a demo.
 *
 * @param note told of what goes on, sentences
 * @param result told of what came out, lines
 * @param progress of each stage
 * @param stop asked between steps and batches
 */
public record DemoTold(
    Consumer<String> note, Consumer<String> result, Progress progress, BooleanSupplier stop) {}
