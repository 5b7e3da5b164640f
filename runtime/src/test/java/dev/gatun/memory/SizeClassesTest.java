package dev.gatun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SizeClassesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 64",
    "1, 64",
    "64, 64",
    "65, 128",
    "256, 256",
    "257, 320",
    "320, 320",
    "512, 512",
    "513, 640",
    "1024, 1024",
    "1025, 1280",
    "65536, 65536",
    "65537, 81920",
    "1048577, 1310720",
  })
  void roundsUp(long bytes, long capacity) {
    assertEquals(capacity, SizeClasses.capacity(SizeClasses.of(bytes)));
  }

  @Test
  void everyClassIsTheTightestForItsCapacity() {
    for (int c = 0; c < SizeClasses.COUNT; c++) {
      long capacity = SizeClasses.capacity(c);
      assertEquals(c, SizeClasses.of(capacity), () -> "capacity " + capacity);
      assertEquals(0, capacity % Slab.ALIGNMENT);
      if (c > 0) {
        assertEquals(c, SizeClasses.of(SizeClasses.capacity(c - 1) + 1));
      }
    }
  }

  @Test
  void wastesAtMostAFifth() {
    for (long bytes = 257; bytes < 1 << 20; bytes += 61) {
      long capacity = SizeClasses.capacity(SizeClasses.of(bytes));
      assertTrue(capacity - bytes < capacity / 5.0, bytes + " in " + capacity);
    }
  }

  @Test
  void coversTheLargestRequest() {
    assertEquals(SizeClasses.COUNT - 1, SizeClasses.of(SizeClasses.MAX_BYTES));
    assertEquals(SizeClasses.MAX_BYTES, SizeClasses.capacity(SizeClasses.COUNT - 1));
  }

  @Test
  void refusesSizesThatAreNone() {
    assertEquals(
        "allocate: size is negative: -1 bytes",
        assertThrows(IllegalArgumentException.class, () -> Storage.allocate(-1)).getMessage());
    assertEquals(
        "allocate: size is too large: 9223372036854775807 bytes (at most 140737488355328)",
        assertThrows(IllegalArgumentException.class, () -> Storage.allocateShared(Long.MAX_VALUE))
            .getMessage());
  }
}
