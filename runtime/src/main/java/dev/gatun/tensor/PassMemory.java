package dev.gatun.tensor;

import dev.gatun.memory.Scope;
import dev.gatun.memory.Storage;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/// Has what a pass allocates live no longer than the pass needs it. What one operation makes on the
/// way to its gradients is freed with its step, a gradient when the step that waited for it is
/// done.
///
/// Small ones are left to the scope of the pass: they cost less than the keeping of books.
final class PassMemory {
  private static final long LARGE = 16 << 10;

  /// Of the pass; null where results are part of a graph, and live as that does.
  private final @Nullable Scope scope;

  /// How many steps wait for a gradient in a storage of the pass.
  private final IdentityHashMap<Storage, Integer> waiting = new IdentityHashMap<>();

  /// Of the operation that is being differentiated.
  private @Nullable Scope step;

  PassMemory(@Nullable Scope scope) {
    this.scope = scope;
  }

  @Nullable Scope scope() {
    return scope;
  }

  /// Opens the scope of a step whose operation has a result with gradient `g`; null for a small
  /// one.
  @SuppressWarnings("MustBeClosedChecker") // by whoever asks
  @Nullable Scope openStep(Tensor g) {
    if (scope != null && g.numel * g.dtype.byteSize() >= LARGE) {
      step = Scope.open("backward step");
    }
    return step;
  }

  /// Has the next gradients belong to the pass again; the scope of the step is about to close.
  void endStep() {
    step = null;
  }

  /// A gradient that something waits for.
  Tensor hold(Tensor g) {
    Storage storage = g.storage;
    if (step != null && storage.isOwnedBy(step)) {
      storage.keep();
    }
    if (scope != null && storage.byteSize() >= LARGE && storage.isOwnedBy(scope)) {
      waiting.merge(storage, 1, Integer::sum);
    }
    return g;
  }

  /// Whether only one step waits for a gradient and nobody else can see it, nor what is in the same
  /// memory.
  boolean isAlone(Tensor g) {
    return scope != null
        && g.contiguous
        && g.numel * g.dtype.byteSize() == g.storage.byteSize()
        && g.storage.isOwnedBy(scope)
        && Integer.valueOf(1).equals(waiting.get(g.storage));
  }

  /// A gradient that nothing waits for any longer, as far as one of those that did is concerned.
  void letGo(Tensor g) {
    Storage storage = g.storage;
    if (scope == null || storage.byteSize() < LARGE) {
      return;
    }
    Integer left = waiting.get(storage);
    if (left != null && left > 1) {
      waiting.put(storage, left - 1);
    } else if (left != null) {
      waiting.remove(storage);
      if (storage.isOwnedBy(scope)) {
        storage.free();
      }
    }
  }

  /// A gradient that was added to another one, and that nothing waits for unless it is held.
  void drop(Tensor g) {
    Storage storage = g.storage;
    if (scope != null
        && storage.byteSize() >= LARGE
        && storage.isOwnedBy(scope)
        && !waiting.containsKey(storage)) {
      storage.free();
    }
  }
}
