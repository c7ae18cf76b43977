// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Bytes as people write them: {@code 1600m}, {@code 2g}, {@code 1.5 GiB}; all powers of 1024. */
record MemorySize(long bytes) {
  private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([kmgt]?)(?:i?b)?");

  static final class Converter implements ITypeConverter<MemorySize> {
    @Override
    public MemorySize convert(String text) {
      Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + text + "' is not a size such as 1600m or 2g");
      }
      double factor = 1;
      for (char unit : "kmgt".toCharArray()) {
        factor *= 1024;
        if (matcher.group(2).equals(String.valueOf(unit))) {
          return positive(text, Double.parseDouble(matcher.group(1)) * factor);
        }
      }
      return positive(text, Double.parseDouble(matcher.group(1)));
    }

    private static MemorySize positive(String text, double bytes) {
      if (!(bytes >= 1 && bytes < 0x1p62)) {
        throw new TypeConversionException("'" + text + "' is out of range");
      }
      return new MemorySize((long) bytes);
    }
  }
}
