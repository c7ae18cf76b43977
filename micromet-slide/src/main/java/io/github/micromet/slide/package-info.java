// SPDX-License-Identifier: Apache-2.0
/** What a slide is: values, the {@code Slide} interface, and the bytes it is read from. */
package io.github.micromet.slide;
