package dev.gatun.testing;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The share of this process in work that does not depend on the backend. A whole build runs the
/// tests once for each backend, and says so by properties; each run then takes its part of such
/// work, and all of them take all of it. Where nothing is said, one run takes all.
public final class Part {
  private static final int PARTS = Integer.getInteger("gatun.tests.parts", 1);
  private static final int PART = Integer.getInteger("gatun.tests.part", 0);

  private Part() {}

  /// Whether this run takes everything.
  public static boolean isAll() {
    return PARTS == 1;
  }

  /// Whether this run takes the case of that number.
  public static boolean has(int number) {
    return number % PARTS == PART;
  }

  /// The cases that this run takes.
  public static <T> Stream<T> of(Stream<T> cases) {
    List<T> all = cases.toList();
    return IntStream.range(0, all.size()).filter(Part::has).mapToObj(all::get);
  }

  /// How many of `count` random cases this run takes.
  public static int of(int count) {
    return Math.ceilDiv(count, PARTS);
  }

  /// A seed from which each run draws other random cases.
  public static long seed(long seed) {
    return seed * PARTS + PART;
  }
}
