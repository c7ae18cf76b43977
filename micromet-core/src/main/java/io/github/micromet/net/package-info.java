// SPDX-License-Identifier: Apache-2.0
/** The network with its preprocessing: a batch becomes logits. */
package io.github.micromet.net;
