package dev.gatun.nn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Sizes that are one number for all dimensions or one for each, as options hold and print them.
final class Sizes {
  private Sizes() {}

  static List<Long> of(long... values) {
    return Arrays.stream(values).boxed().toList();
  }

  static long[] array(List<Long> sizes) {
    return sizes.stream().mapToLong(Long::longValue).toArray();
  }

  /// As PyTorch prints them: `2`, or `(2, 3)`.
  static String text(List<Long> sizes) {
    return sizes.size() == 1 ? sizes.getFirst().toString() : tuple(sizes);
  }

  /// As [#text], with -1 as `None`.
  static String orNone(List<Long> sizes) {
    return text(sizes).replace("-1", "None");
  }

  /// As a tuple even where it is one: `(2,)`.
  static String tuple(List<Long> sizes) {
    String all = sizes.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return sizes.size() == 1 ? "(" + all + ",)" : "(" + all + ")";
  }
}
