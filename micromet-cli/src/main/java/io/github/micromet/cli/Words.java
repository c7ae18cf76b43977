// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.detect.TissueChoice;
import io.github.micromet.eval.Compat;
import io.github.micromet.eval.DetectionSource;
import io.github.micromet.net.Precision;
import io.github.micromet.synth.LesionKind;
import io.github.micromet.train.CheckpointEvery;
import io.github.micromet.train.Recipe;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Closed choices as they are typed: in small letters. */
final class Words {
  private Words() {}

  /** Laying windows: one on each tissue cell, or at steps. */
  enum ModeWord {
    PATCH,
    SLIDING
  }

  static final class OfMode implements ITypeConverter<ModeWord> {
    @Override
    public ModeWord convert(String text) {
      return choice(ModeWord.class, text);
    }
  }

  static final class OfTissue implements ITypeConverter<TissueChoice> {
    @Override
    public TissueChoice convert(String text) {
      return choice(TissueChoice.class, text);
    }
  }

  static final class OfPrecision implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String text) {
      return choice(Precision.class, text);
    }
  }

  static final class OfLesion implements ITypeConverter<LesionKind> {
    @Override
    public LesionKind convert(String text) {
      return choice(LesionKind.class, text);
    }
  }

  static final class OfCompat implements ITypeConverter<Compat> {
    @Override
    public Compat convert(String text) {
      return choice(Compat.class, text);
    }
  }

  static final class OfDetectionSource implements ITypeConverter<DetectionSource> {
    @Override
    public DetectionSource convert(String text) {
      return choice(DetectionSource.class, text);
    }
  }

  static final class OfOrder implements ITypeConverter<Recipe.Order> {
    @Override
    public Recipe.Order convert(String text) {
      return choice(Recipe.Order.class, text);
    }
  }

  /** {@code 50}: steps; {@code 15m}: minutes. */
  static final class OfCheckpoint implements ITypeConverter<CheckpointEvery> {
    @Override
    public CheckpointEvery convert(String text) {
      boolean minutes = text.endsWith("m");
      String number = minutes ? text.substring(0, text.length() - 1) : text;
      try {
        int count = Integer.parseInt(number);
        return minutes
            ? new CheckpointEvery.Time(Duration.ofMinutes(count))
            : new CheckpointEvery.Steps(count);
      } catch (IllegalArgumentException e) { // no number is one of these too
        throw new TypeConversionException("'" + text + "' is not steps (50) or minutes (15m)");
      }
    }
  }

  static <E extends Enum<E>> E choice(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw new TypeConversionException(
        "'"
            + text
            + "' is not one of "
            + Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
  }
}
