// SPDX-License-Identifier: Apache-2.0
/** Several processes that train as one: who they are, and sums over all of them. */
package io.github.micromet.train.group;
