// SPDX-License-Identifier: Apache-2.0
/** Four kinds of failure and how they are worded. */
package io.github.micromet.error;
