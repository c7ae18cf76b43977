// SPDX-License-Identifier: Apache-2.0
/** Annotations: where the tumour really is, and the files that say so. */
package io.github.micromet.truth;
