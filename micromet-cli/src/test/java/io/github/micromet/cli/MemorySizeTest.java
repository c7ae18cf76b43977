// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MemorySizeTest {
  @ParameterizedTest
  @CsvSource({
    "4096, 4096",
    "1k, 1024",
    "1600m, 1677721600",
    "2g, 2147483648",
    "1.5 GiB, 1610612736",
    "2GB, 2147483648"
  })
  void sizesAreReadAsPeopleWriteThem(String text, long bytes) {
    assertThat(new MemorySize.Converter().convert(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "much", "-1g", "0", "1x", "9999999999999t"})
  void otherWordsAreRefused(String text) {
    assertThatThrownBy(() -> new MemorySize.Converter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
