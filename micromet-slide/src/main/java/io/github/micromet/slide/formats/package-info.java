// SPDX-License-Identifier: Apache-2.0
/** Which format is this; open it. */
package io.github.micromet.slide.formats;
