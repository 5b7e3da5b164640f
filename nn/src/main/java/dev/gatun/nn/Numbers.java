package dev.gatun.nn;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;

/// Numbers and shapes as PyTorch and our messages print them.
final class Numbers {
  private Numbers() {}

  /// Without a fraction where there is none: PyTorch's defaults are integers.
  static String text(double value) {
    boolean integral = value == Math.rint(value) && Math.abs(value) < 1e15;
    return integral ? Long.toString((long) value) : Double.toString(value);
  }

  /// As Python prints a float: `0.01`, `1e-05`.
  static String python(double value) {
    String text = Double.toString(value);
    int e = text.indexOf('E');
    if (e < 0) {
      return text;
    }
    // Python writes numbers down to 1e-4 without an exponent, Java down to 1e-3.
    if (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e16) {
      String plain = new BigDecimal(text).stripTrailingZeros().toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String digits = text.substring(0, e).replaceAll("\\.0$", "");
    int exponent = Integer.parseInt(text.substring(e + 1));
    return "%se%s%02d".formatted(digits, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  static String text(long... shape) {
    return Arrays.toString(shape).replace(" ", "");
  }

  /// A position from the front.
  ///
  /// @param index from the front, or from the back when negative
  static int index(String name, int index, int size, String what) {
    if (index < -size || index >= size) {
      throw new IndexOutOfBoundsException(
          "%s: index %d out of range for %d %s".formatted(name, index, size, what));
    }
    return index < 0 ? index + size : index;
  }

  static IllegalArgumentException noKey(String name, String key, Collection<String> keys) {
    return new IllegalArgumentException("%s: no '%s': %s".formatted(name, key, keys));
  }
}
