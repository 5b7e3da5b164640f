package dev.gatun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MemoryBudgetTest {
  @Test
  void followsTheHeapWhenItIsNotSet() {
    long heap = Runtime.getRuntime().maxMemory();
    assertEquals(heap, MemoryBudget.COLLECTED.parse(null));
    assertEquals(2 * heap, MemoryBudget.PROCESS.parse(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "4096, 4096",
    "512k, 524288",
    "' 2M ', 2097152",
    "4g, 4294967296",
    "999999999999999999g, 9223372036854775807",
  })
  void readsTheLimit(String value, long bytes) {
    assertEquals(bytes, MemoryBudget.COLLECTED.parse(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"much", "-1", "1.5g", "4gb", "99999999999999999999"})
  void refusesALimitThatIsNone(String value) {
    assertEquals(
        "gatun.gc.limit: not a number of bytes: '" + value + "'; write it as 4096, 512m or 4g",
        assertThrows(IllegalArgumentException.class, () -> MemoryBudget.COLLECTED.parse(value))
            .getMessage());
  }
}
