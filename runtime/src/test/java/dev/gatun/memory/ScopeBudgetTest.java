package dev.gatun.memory;

import static dev.gatun.memory.Lifetimes.TENSOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Lifetimes.class)
final class ScopeBudgetTest {
  private static final long MIB = 1 << 20;

  private static MemoryBudgetException refused(Supplier<Storage> body) {
    return assertThrows(MemoryBudgetException.class, body::get);
  }

  @Test
  void saysWhoAskedForHowMuchAndWhatHoldsTheRest() {
    try (Scope request = Scope.open("request", 8 * MIB)) {
      Storage held = Storage.allocate(5 * MIB);
      try (Scope layer = Scope.open("layer")) {
        Storage inside = Storage.allocate(MIB);
        MemoryBudgetException refusal = refused(() -> Storage.allocate(4 * MIB));
        assertEquals(
            "allocate: the budget of scope 'request' of thread 'main' is used up: 4194304 bytes for"
                + " scope 'layer' (limit: 8388608; held: 6291456, 1048576 by scope 'layer',"
                + " 5242880 by scope 'request'); free results sooner or open the scope with more",
            refusal.getMessage());
        assertEquals(4 * MIB, refusal.requestedBytes());
        assertEquals(8 * MIB, refusal.limitBytes());
        assertEquals(1, layer.allocations());
        assertEquals(MIB, inside.segment(TENSOR).byteSize());
      }
      assertEquals(5 * MIB, held.segment(TENSOR).byteSize());
      assertEquals(5 * MIB, request.bytes());
      assertEquals(
          3 * MIB, Storage.allocate(3 * MIB).byteSize(), "what the inner one held is back");
    }
  }

  @Test
  void isMetToTheByte() {
    try (Scope scope = Scope.open("exact", 1024 + 64)) {
      Storage most = Storage.allocate(1024);
      Storage rest = Storage.allocate(1);
      assertEquals(0, refused(() -> Storage.allocate(0)).requestedBytes(), "a block at least");
      rest.free();
      assertEquals(65, refused(() -> Storage.allocate(65)).requestedBytes());
      assertEquals(1024, scope.bytes());
      assertEquals(64, Storage.allocate(64).byteSize());
      most.free();
      assertEquals(1024, Storage.allocate(1024).byteSize());
    }
  }

  @Test
  void theTightestOfThoseAroundBinds() {
    try (Scope outer = Scope.open("outer", 4 * MIB)) {
      try (Scope generous = Scope.open("generous", 100 * MIB)) {
        assertEquals(4 * MIB, refused(() -> Storage.allocate(5 * MIB)).limitBytes());
        try (Scope tight = Scope.open("tight", MIB)) {
          assertEquals(MIB, refused(() -> Storage.allocate(2 * MIB)).limitBytes());
          assertEquals(0, tight.bytes());
        }
        assertEquals(2 * MIB, Storage.allocate(2 * MIB).byteSize());
        assertEquals(2 * MIB, generous.bytes());
      }
      assertEquals(4 * MIB, Storage.allocate(4 * MIB).byteSize());
      assertEquals(4 * MIB, outer.bytes());
    }
    try (Scope free = Scope.open("free")) {
      assertEquals(8 * MIB, Storage.allocate(8 * MIB).byteSize());
      assertEquals(8 * MIB, free.bytes());
    }
  }

  @Test
  void whatIsKeptMovesFromBudgetToBudget() {
    Storage out;
    try (Scope outer = Scope.open("outer", 4 * MIB)) {
      Storage kept;
      try (Scope inner = Scope.open("inner", 2 * MIB)) {
        kept = Storage.allocate(2 * MIB);
        kept.keep();
        assertEquals(2 * MIB, Storage.allocate(2 * MIB).byteSize());
        assertEquals(2 * MIB, inner.bytes());
      }
      assertEquals(2 * MIB, outer.bytes());
      assertEquals(3 * MIB, refused(() -> Storage.allocate(3 * MIB)).requestedBytes());
      kept.keep();
      assertEquals(4 * MIB, Storage.allocate(4 * MIB).byteSize());
      out = kept;
    }
    assertEquals(2 * MIB, out.segment(TENSOR).byteSize());
  }

  @Test
  void whatDoesNotFitCanBeAcceptedElsewhere() throws Exception {
    Storage batch =
        Lifetimes.elsewhere(
            "loader",
            () -> {
              try (Scope scope = Scope.open("loader")) {
                Storage made = Storage.allocate(MIB);
                made.detach();
                assertEquals(0, scope.bytes());
                return made;
              }
            });
    try (Scope roomy = Scope.open("roomy")) {
      try (Scope tight = Scope.open("tight", MIB - 1)) {
        assertEquals(
            MIB, assertThrows(MemoryBudgetException.class, batch::attach).requestedBytes());
        assertEquals(0, tight.bytes());
      }
      batch.attach();
      assertEquals(MIB, roomy.bytes());
    }
  }

  @Test
  void refusesABudgetThatIsNone() {
    assertEquals(
        "open: budget is negative: -1 bytes",
        assertThrows(IllegalArgumentException.class, () -> openAndClose(-1)).getMessage());
    openAndClose(0);
  }

  private static void openAndClose(long budget) {
    try (Scope scope = Scope.open("none", budget)) {
      refused(() -> Storage.allocate(1));
      assertEquals(0, scope.allocations());
    }
  }
}
