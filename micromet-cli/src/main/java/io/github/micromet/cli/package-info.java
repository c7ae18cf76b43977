// SPDX-License-Identifier: Apache-2.0
/** Words typed by people; the only place that exits or prints. */
package io.github.micromet.cli;
