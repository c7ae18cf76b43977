// SPDX-License-Identifier: Apache-2.0
/** The published bundle's files come into a local folder, their hash checked. */
package io.github.micromet.net.store;
