// SPDX-License-Identifier: Apache-2.0
/** Statistics on plain numbers: ROC, intervals, calibration; knows no slide. */
package io.github.micromet.eval.stat;
