// SPDX-License-Identifier: Apache-2.0
/** The whole story on drawn slides: train, detect, measure, report; by what the commands call. */
package io.github.micromet.demo;
