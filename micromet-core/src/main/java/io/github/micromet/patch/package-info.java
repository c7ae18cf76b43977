// SPDX-License-Identifier: Apache-2.0
/** What to read of a slide, and reading it in batches. */
package io.github.micromet.patch;
