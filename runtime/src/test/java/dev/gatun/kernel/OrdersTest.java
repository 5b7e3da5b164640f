package dev.gatun.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Sorting and selecting against the library's sort of boxed positions.
final class OrdersTest {
  private static final int[] SIZES = {0, 1, 2, 3, 17, 255, 256, 257, 1000, 5000, 70_000};

  record Sample(String name, LongUnaryOperator key) {
    long[] keys(int n) {
      long[] keys = new long[n];
      Arrays.setAll(keys, key::applyAsLong);
      return keys;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> samples() {
    Random random = new Random(Long.getLong("tests.seed", 42));
    return Stream.of(
        new Sample("any longs", i -> random.nextLong()),
        new Sample("ints", i -> random.nextInt()),
        new Sample("few values", i -> random.nextInt(3)),
        new Sample("few far values", i -> random.nextInt(3) * (Long.MAX_VALUE / 2) - 5),
        new Sample("ties in the upper bits", i -> (random.nextLong(2) << 62) + random.nextInt(9)),
        new Sample("both ends", i -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE),
        new Sample("one value", i -> 7),
        new Sample("ascending", i -> i - 100),
        new Sample("far descending", i -> Long.MAX_VALUE - (i << 33)),
        new Sample("organ pipes", i -> Math.min(i, 5000 - i)),
        new Sample("sawtooth", i -> i % 97));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void sortsStably(Sample sample) {
    for (int n : SIZES) {
      long[] keys = sample.keys(n);
      long[] order = new long[n + 1];
      Orders.sort(keys, n, order);
      assertArrayEquals(boxed(keys), Arrays.copyOf(order, n), "of " + n);
      assertEquals(0, order[n], "behind the order");
    }
  }

  private static long[] boxed(long[] keys) {
    return IntStream.range(0, keys.length)
        .boxed()
        .sorted(Comparator.comparingLong(i -> keys[i]))
        .mapToLong(Integer::longValue)
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void selects(Sample sample) {
    for (int n : SIZES) {
      long[] sorted = sample.keys(n);
      long[] keys = sorted.clone();
      Arrays.sort(sorted);
      for (int k : new int[] {0, 1, n / 3, n / 2, n - 1}) {
        if (k >= 0 && k < n) {
          assertEquals(sorted[k], Orders.select(keys.clone(), n, k), k + " of " + n);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void keepsTheFirstOfTheSmallest(Sample sample) {
    for (int n : SIZES) {
      for (int k : new int[] {1, n / 3, n}) {
        if (k >= 1 && k <= n) {
          long[] keys = sample.keys(n);
          long[] expected = Arrays.copyOf(boxed(keys), k);
          Arrays.sort(expected);
          long[] positions = IntStream.range(0, n).asLongStream().toArray();
          Orders.keep(keys, positions, n, k, new long[n]);
          assertArrayEquals(expected, Arrays.copyOf(positions, k), k + " of " + n);
        }
      }
    }
  }

  @Test
  void findsTheTopOfEveryDtype() {
    try (Arena arena = Arena.ofConfined()) {
      for (DType dtype : List.of(DType.F32, DType.F64, DType.I32, DType.I64)) {
        for (int n : new int[] {1, 300, 2048, 5000}) {
          for (int k : new int[] {1, 7, 300, n / 2, n}) {
            if (k > 0 && k <= n) {
              MemorySegment x = KernelSamples.random(arena, dtype, n);
              top(arena, dtype, x, n, k, true);
              top(arena, dtype, x, n, k, false);
            }
          }
        }
      }
    }
  }

  private static void top(
      Arena arena, DType dtype, MemorySegment x, int n, int k, boolean largest) {
    Comparator<Integer> rising = Comparator.comparingDouble(i -> KernelSamples.get(dtype, x, i));
    long[] expected =
        IntStream.range(0, n)
            .boxed()
            .sorted(largest ? rising.reversed() : rising)
            .limit(k)
            .mapToLong(Integer::longValue)
            .toArray();
    // Memory that is not plain, too: there results are written to a copy first.
    MemorySegment y = KernelSamples.empty(arena, DType.I64, k + 1);
    SortKernels.top(dtype, largest, true, 1, n, k, x, 0, y, 1);
    for (int i = 0; i < k; i++) {
      assertEquals(expected[i], Element.i64(y, (1 + i) * 8L), dtype + " " + k + " of " + n);
    }
    assertEquals(0, Element.i64(y, 0));
  }
}
