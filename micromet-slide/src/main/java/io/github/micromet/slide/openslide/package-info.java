// SPDX-License-Identifier: Apache-2.0
/** The host's libopenslide as a reader of other vendors' formats; optional. */
package io.github.micromet.slide.openslide;
