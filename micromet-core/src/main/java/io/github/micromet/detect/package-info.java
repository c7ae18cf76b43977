// SPDX-License-Identifier: Apache-2.0
/** The main path: one slide, then many. */
package io.github.micromet.detect;
