// SPDX-License-Identifier: Apache-2.0
/** Label files become labelled places on slides, checked before training begins. */
package io.github.micromet.train.label;
