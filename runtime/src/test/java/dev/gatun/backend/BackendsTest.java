package dev.gatun.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.natives.NativeLibraryException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BackendsTest {
  private final List<Backend> looked = new ArrayList<>();

  private Choice make(@Nullable String property, Set<Backend> working) {
    return Choice.make(
        property,
        backend -> {
          looked.add(backend);
          boolean works = working.contains(backend);
          return new Choice.Finding(works, backend + (works ? " works" : " is missing"));
        });
  }

  @Test
  void takesTheFirstThatWorks() {
    assertEquals(Backend.OPENBLAS, make("auto", EnumSet.allOf(Backend.class)).current());
    assertEquals(Backend.VECTOR, make(null, EnumSet.of(Backend.VECTOR, Backend.SCALAR)).current());
    Choice scalar = make(" ", EnumSet.of(Backend.SCALAR));
    assertEquals(Backend.SCALAR, scalar.current());
    assertEquals("OPENBLAS is missing", scalar.reason(Backend.OPENBLAS));
  }

  @Test
  void forcedOnJavaNeverLooksForTheLibrary() {
    Choice choice = make("Vector", EnumSet.allOf(Backend.class));
    assertEquals(Backend.VECTOR, choice.current());
    assertEquals(List.of(Backend.VECTOR), looked);
    assertEquals("not tried: -Dgatun.backend=vector", choice.reason(Backend.OPENBLAS));
  }

  @Test
  void forcedAndMissingIsAnErrorAtEveryUse() {
    Choice choice = make("openblas", EnumSet.of(Backend.VECTOR, Backend.SCALAR));
    for (int i = 0; i < 2; i++) {
      assertEquals(
          "backend: -Dgatun.backend=openblas cannot be satisfied: OPENBLAS is missing",
          assertThrows(IllegalStateException.class, choice::current).getMessage());
    }
  }

  @Test
  void anUnknownBackendIsAnError() {
    assertEquals(
        "backend: -Dgatun.backend is none of auto, openblas, vector, scalar: cuda",
        assertThrows(
                IllegalStateException.class,
                () -> make("cuda", EnumSet.allOf(Backend.class)).current())
            .getMessage());
  }

  @Test
  void aNamedLibraryThatFailsIsAnErrorEvenIfOthersWork() {
    Choice choice =
        Choice.make(
            "auto",
            backend -> {
              throw new NativeLibraryException("openblas: no such file");
            });
    assertEquals(
        "openblas: no such file",
        assertThrows(IllegalStateException.class, choice::current).getMessage());
  }

  @Test
  void threadsAreTheProcessorsUnlessSet() {
    assertEquals(6, Backends.threads(null, 6));
    assertEquals(6, Backends.threads("", 6));
    assertEquals(3, Backends.threads(" 3 ", 6));
    for (String bad : List.of("0", "-1", "two", "1025", "1.5")) {
      assertEquals(0, Backends.threads(bad, 6));
    }
  }

  @Test
  void thisProcessHasABackend() {
    assertTrue(Backends.threads() >= 1);
    assertTrue(Backends.available().contains(Backend.SCALAR));
    assertTrue(Backends.available().contains(Backends.current()));
    assertFalse(Backends.reason(Backends.current()).isEmpty());
    assertEquals(Backends.vectorAvailable(), Backends.available().contains(Backend.VECTOR));
  }
}
