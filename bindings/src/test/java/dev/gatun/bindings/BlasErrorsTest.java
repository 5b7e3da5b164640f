package dev.gatun.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

@ExtendWith(NeedsOpenBlas.class)
@SuppressWarnings("MustBeClosedChecker") // one arena for the class, closed after it
class BlasErrorsTest {
  private static final Arena ARENA = Arena.ofConfined();
  private static final MemorySegment TEN = ARENA.allocate(40, 8);
  private static final MemorySegment HUNDRED = ARENA.allocate(400, 8);

  private static Blas blas;

  @BeforeAll
  static void load() {
    blas = Blas.load();
  }

  @AfterAll
  static void close() {
    ARENA.close();
  }

  private static void assertMessage(
      Class<? extends RuntimeException> type, String message, Executable call) {
    assertEquals(message, assertThrows(type, call).getMessage());
  }

  private static void sgemm(long m, long n, long k, MemorySegment a, long at, long lda) {
    blas.sgemm(false, false, m, n, k, 1, a, at, lda, HUNDRED, 0, 10, 0, HUNDRED, 0, 10);
  }

  @Test
  void sizesMustFit32Bits() {
    assertMessage(
        IllegalArgumentException.class,
        "sgemm: m out of range: 2147483648 (expected 0..2147483647)",
        () -> sgemm(1L << 31, 2, 2, TEN, 0, 2));
    assertMessage(
        IllegalArgumentException.class,
        "sgemm: k out of range: -1 (expected 0..2147483647)",
        () -> sgemm(2, 2, -1, TEN, 0, 2));
    assertMessage(
        IllegalArgumentException.class,
        "saxpy: n out of range: 4294967296 (expected 0..2147483647)",
        () -> blas.vectors().saxpy(1L << 32, 1, TEN, 0, 1, TEN, 0, 1));
  }

  @Test
  void leadingDimensionsMustHoldARow() {
    assertMessage(
        IllegalArgumentException.class,
        "sgemm: leading dimension out of range: lda of a [2,4] (3, expected 4..2147483647)",
        () -> sgemm(2, 2, 4, TEN, 0, 3));
    assertMessage(
        IllegalArgumentException.class,
        "sgemm: leading dimension out of range: lda of a [1,4] (2147483648, expected"
            + " 4..2147483647)",
        () -> sgemm(1, 2, 4, TEN, 0, 1L << 31));
    assertMessage(
        IllegalArgumentException.class,
        "dgemv: leading dimension out of range: lda of a [2,4] (0, expected 4..2147483647)",
        () -> blas.dgemv(false, 2, 4, 1, HUNDRED, 0, 0, HUNDRED, 0, 1, 0, HUNDRED, 0, 1));
  }

  @Test
  void operandsMustFitTheirSegments() {
    sgemm(2, 2, 5, TEN, 0, 5);
    assertMessage(
        IndexOutOfBoundsException.class,
        "sgemm: operand does not fit its memory: a [2,5] with lda 6 (11 elements of 4 bytes from"
            + " byte 0 of 40)",
        () -> sgemm(2, 2, 5, TEN, 0, 6));
    assertMessage(
        IndexOutOfBoundsException.class,
        "sgemm: operand does not fit its memory: a [2,5] with lda 5 (10 elements of 4 bytes from"
            + " byte 4 of 40)",
        () -> sgemm(2, 2, 5, TEN, 4, 5));
    assertMessage(
        IndexOutOfBoundsException.class,
        "sgemm: operand does not fit its memory: a [2,2] with lda 2 (4 elements of 4 bytes from"
            + " byte -4 of 40)",
        () -> sgemm(2, 2, 2, TEN, -4, 2));
    assertMessage(
        IndexOutOfBoundsException.class,
        "sgemm: operand does not fit its memory: a [2147483647,2] with lda 2147483647"
            + " (4611686011984936964 elements of 4 bytes from byte 0 of 40)",
        () -> sgemm(Integer.MAX_VALUE, 2, 2, TEN, 0, Integer.MAX_VALUE));
    assertMessage(
        IndexOutOfBoundsException.class,
        "sdot: operand does not fit its memory: x [4] with incx 4 (13 elements of 4 bytes from"
            + " byte 0 of 40)",
        () -> blas.vectors().sdot(4, TEN, 0, 4, HUNDRED, 0, 1));
    assertMessage(
        IndexOutOfBoundsException.class,
        "sgemmBatchStrided: operand does not fit its memory: 3 times a [2,2] with stridea 4 (12"
            + " elements of 4 bytes from byte 0 of 40)",
        () ->
            blas.sgemmBatchStrided(
                false, false, 2, 2, 2, 1, TEN, 0, 2, 4, HUNDRED, 0, 2, 0, 0, HUNDRED, 0, 2, 4, 3));
  }

  @Test
  void incrementsAndStridesMustBePositive() {
    assertMessage(
        IllegalArgumentException.class,
        "sgemv: increment out of range: incy (0, expected 1..2147483647)",
        () -> blas.sgemv(false, 2, 2, 1, TEN, 0, 2, TEN, 0, 1, 0, HUNDRED, 0, 0));
    assertMessage(
        IllegalArgumentException.class,
        "sgemmBatchStrided: stride out of range: stridea (-1, expected 0..2147483647)",
        () ->
            blas.sgemmBatchStrided(
                false, false, 2, 2, 2, 1, TEN, 0, 2, -1, TEN, 0, 2, 0, 0, HUNDRED, 0, 2, 4, 2));
  }

  @Test
  void memoryMustBeNativeAndTheResultWritable() {
    assertMessage(
        IllegalArgumentException.class,
        "sgemm: memory on the Java heap: a; copy it to an arena's segment",
        () -> sgemm(2, 2, 2, MemorySegment.ofArray(new float[4]), 0, 2));
    assertMessage(
        IllegalArgumentException.class,
        "saxpy: the result is read-only memory: y",
        () -> blas.vectors().saxpy(2, 1, TEN, 0, 1, HUNDRED.asReadOnly(), 0, 1));
  }

  @Test
  void memoryMustBeOpenAndOfThisThread() throws InterruptedException {
    MemorySegment closed;
    try (Arena arena = Arena.ofConfined()) {
      closed = arena.allocate(40, 8);
    }
    assertThrows(IllegalStateException.class, () -> sgemm(2, 2, 2, closed, 0, 2));

    Thread other =
        new Thread(() -> assertThrows(WrongThreadException.class, () -> sgemm(2, 2, 2, TEN, 0, 2)));
    Throwable[] failure = new Throwable[1];
    other.setUncaughtExceptionHandler((thread, e) -> failure[0] = e);
    other.start();
    other.join();
    assertEquals(null, failure[0]);
  }
}
