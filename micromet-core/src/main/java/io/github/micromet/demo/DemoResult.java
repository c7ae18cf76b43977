// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.demo;

import io.github.micromet.eval.FrocResult;
import java.nio.file.Path;

/**
 * What a demo ends with.
 *
 * @param network by the trained network
 * @param colour by mean colours, on the same windows
 * @param report the page
 */
public record DemoResult(FrocResult network, FrocResult colour, Path report) {}
