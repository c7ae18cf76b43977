// SPDX-License-Identifier: Apache-2.0
/** Write aside, then rename: a file is whole or it is not there; read text by lines and fields. */
package io.github.micromet.file;
