// SPDX-License-Identifier: Apache-2.0
/** The run folder: provenance, result, progress. */
package io.github.micromet.run;
