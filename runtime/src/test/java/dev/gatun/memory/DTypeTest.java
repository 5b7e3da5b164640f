package dev.gatun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class DTypeTest {
  @Test
  void knowsItsSizes() {
    String sizes =
        Arrays.stream(DType.values())
            .map(dtype -> dtype + " " + dtype.byteSize())
            .collect(Collectors.joining(", "));
    assertEquals("F32 4, F64 8, I32 4, I64 8, U8 1, BOOL 1, BF16 2, F16 2", sizes);
  }

  @Test
  void tellsFloatsFromIntegersFromTruthValues() {
    assertEquals(EnumSet.of(DType.F32, DType.F64, DType.BF16, DType.F16), those(DType::isFloating));
    assertEquals(EnumSet.of(DType.I32, DType.I64, DType.U8), those(DType::isInteger));
  }

  private static Set<DType> those(Predicate<DType> condition) {
    return Arrays.stream(DType.values()).filter(condition).collect(Collectors.toSet());
  }
}
