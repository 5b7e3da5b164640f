package dev.gatun;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final float[] VALUES = {1, 2, 3, 4, 5, 6};

  /// CRC-32 and CRC-32C of `F32 2 3`, a zero and the bytes: files and logs hold it.
  @Test
  void isTheSameForEver() {
    try (var _ = Scope.open()) {
      assertEquals("1fa538bc92ad7ab2", Fingerprint.of(Tensor.of(VALUES, 2, 3)).toString());
    }
  }

  @Test
  void dependsOnValuesDTypeAndShape() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(VALUES, 2, 3);
      Fingerprint of = Fingerprint.of(x);
      assertEquals(of, Fingerprint.of(Tensor.of(VALUES.clone(), 2, 3)));
      assertNotEquals(of, Fingerprint.of(x.view(3, 2)));
      assertNotEquals(of, Fingerprint.of(x.view(6)));
      assertNotEquals(of, Fingerprint.of(x.to(DType.F64)));
      float[] other = VALUES.clone();
      other[5] = Math.nextUp(other[5]);
      assertNotEquals(of, Fingerprint.of(Tensor.of(other, 2, 3)));
      assertNotEquals(
          Fingerprint.of(Tensor.of(new float[] {0}, 1)),
          Fingerprint.of(Tensor.of(new float[] {-0f}, 1)));
    }
  }

  @Test
  void aViewIsAsItsCopy() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(VALUES, 2, 3);
      assertEquals(Fingerprint.of(x.t().copy()), Fingerprint.of(x.t()));
      assertEquals(Fingerprint.of(x.narrow(0, 1, 1).copy()), Fingerprint.of(x.narrow(0, 1, 1)));
      assertEquals(Fingerprint.of(x.copy().requiresGrad_(true)), Fingerprint.of(x));
    }
  }

  @Test
  void readsLargeAndEmptyAndForeignMemory() {
    try (var _ = Scope.open();
        Arena arena = Arena.ofConfined()) {
      Tensor large = Tensor.zeros(100_003);
      Fingerprint zeros = Fingerprint.of(large);
      large.narrow(0, 100_002, 1).add_(1);
      assertNotEquals(zeros, Fingerprint.of(large));
      assertNotEquals(Fingerprint.of(Tensor.zeros(0)), Fingerprint.of(Tensor.zeros(0, 2)));
      MemorySegment bytes = arena.allocate(24, 64);
      MemorySegment.copy(MemorySegment.ofArray(VALUES), 0, bytes, 0, 24);
      assertEquals(
          Fingerprint.of(Tensor.of(VALUES, 2, 3)),
          Fingerprint.of(Tensor.wrap(bytes.asReadOnly(), DType.F32, 2, 3)));
    }
  }

  @Test
  void namesCountAndTheirOrderDoesNot() {
    try (var _ = Scope.open()) {
      Tensor a = Tensor.of(VALUES, 2, 3);
      Tensor b = Tensor.zeros(2);
      Map<String, Tensor> backwards = new LinkedHashMap<>();
      backwards.put("b", b);
      backwards.put("a", a);
      assertEquals(Fingerprint.of(Map.of("a", a, "b", b)), Fingerprint.of(backwards));
      assertNotEquals(Fingerprint.of(Map.of("a", b, "b", a)), Fingerprint.of(backwards));
      assertNotEquals(Fingerprint.of(Map.of()), Fingerprint.of(Map.of("a", Tensor.zeros(0))));
    }
  }

  @Test
  void isReadFromItsText() {
    Fingerprint some = new Fingerprint(0x0123_4567_89ab_cdefL);
    assertEquals("0123456789abcdef", some.toString());
    assertEquals(some, Fingerprint.parse("0123456789ABCDEF"));
    assertEquals(
        "fingerprint: not 16 hexadecimal digits: 'x'",
        assertThrows(IllegalArgumentException.class, () -> Fingerprint.parse("x")).getMessage());
  }

  @Test
  void aConfigurationSaysWhatDecidesTheBits() {
    Configuration here = Configuration.current();
    assertEquals(Backends.current(), here.backend());
    assertEquals(here.backend() == Backend.OPENBLAS, !here.openblas().isEmpty());
    assertEquals(
        "gatun 0.1.0, openblas 0.3.31 SkylakeX, vectors of 512 bits, java 25, amd64",
        new Configuration("0.1.0", Backend.OPENBLAS, 512, "0.3.31 SkylakeX", 25, "amd64")
            .toString());
    assertEquals(
        "gatun 0.1.0, scalar, vectors of 0 bits, java 25, amd64",
        new Configuration("0.1.0", Backend.SCALAR, 0, "", 25, "amd64").toString());
    assertDoesNotThrow(() -> Gatun.require(here.fingerprint()));
    assertEquals(
        "require: configuration 0000000000000001 is wanted, this one is %s: %s; set -Dgatun.backend as there"
            .formatted(here.fingerprint(), here),
        assertThrows(IllegalStateException.class, () -> Gatun.require(new Fingerprint(1)))
            .getMessage());
  }
}
