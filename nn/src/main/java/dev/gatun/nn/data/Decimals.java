package dev.gatun.nn.data;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Reads decimal numbers from bytes, correctly rounded. Those without an exponent whose digits are
/// below 2^53, nearly all there are, need no object: the digits and the power of ten are both
/// exact, so that one division rounds once (Clinger, "How to read floating point numbers
/// accurately").
final class Decimals {
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18
  };

  private Decimals() {}

  /// Spaces around the number do not count.
  ///
  /// @throws NumberFormatException if it is none
  static double parse(byte[] text, int count) {
    int start = 0;
    int end = count;
    while (start < end && isSpace(text[start])) {
      start++;
    }
    while (start < end && isSpace(text[end - 1])) {
      end--;
    }
    boolean negative = start < end && text[start] == '-';
    int at = negative || (start < end && text[start] == '+') ? start + 1 : start;
    long digits = 0;
    int used = 0;
    int fraction = 0;
    boolean point = false;
    for (; at < end; at++) {
      int digit = text[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = 10 * digits + digit;
        used++;
        fraction += point ? 1 : 0;
      } else if (text[at] == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (at < end || used == 0 || used > 18 || digits > 1L << 53) {
      return slow(text, start, end);
    }
    double value = digits / POWERS[fraction];
    return negative ? -value : value;
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || c == '\t';
  }

  private static double slow(byte[] text, int start, int end) {
    String number = new String(text, start, end - start, StandardCharsets.UTF_8);
    boolean plain = number.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0);
    if (plain) {
      return Double.parseDouble(number);
    }
    return switch (number.toLowerCase(Locale.ROOT)) {
      case "nan", "+nan", "-nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new NumberFormatException(number);
    };
  }
}
