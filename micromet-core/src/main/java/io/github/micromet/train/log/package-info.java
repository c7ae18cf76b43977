// SPDX-License-Identifier: Apache-2.0
/** What a training leaves for people: TensorBoard events, a CSV, a picture of its curves. */
package io.github.micromet.train.log;
