package dev.gatun.tensor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What few nodes have: hooks on the gradient of their result, a tensor that retains it, and the
/// line that recorded them.
///
/// A leaf may be shared by threads that pass over it while hooks come and go.
final class Extras {
  private final List<Registered<Function<Tensor, @Nullable Tensor>>> hooks =
      new CopyOnWriteArrayList<>();
  private final List<Registered<Consumer<Tensor>>> accumulated = new CopyOnWriteArrayList<>();
  private volatile @Nullable Tensor retaining;
  private @Nullable StackTraceElement origin;

  static Extras of(String op, Tensor tensor) {
    Node node = tensor.node();
    if (node == null) {
      throw new IllegalStateException(
          "%s: %s needs no gradient; call requiresGrad_() on a leaf it is computed from, outside NoGrad"
              .formatted(op, tensor.describe()));
    }
    return node.withExtras();
  }

  HookHandle add(Function<Tensor, @Nullable Tensor> hook) {
    var own = new Registered<>(hook);
    hooks.add(own);
    return new HookHandle(() -> hooks.remove(own));
  }

  HookHandle addAccumulated(Consumer<Tensor> hook) {
    var own = new Registered<>(hook);
    accumulated.add(own);
    return new HookHandle(() -> accumulated.remove(own));
  }

  void retain(@Nullable Tensor tensor) {
    retaining = tensor;
  }

  /// Has a tensor that retains its gradient do so with that of its new node.
  static void moveRetained(@Nullable Node from, Node to) {
    Extras before = from == null ? null : from.extras();
    Tensor tensor = before == null ? null : before.retaining;
    if (before != null && tensor != null) {
      before.retaining = null;
      to.withExtras().retaining = tensor;
    }
  }

  @Nullable Tensor retaining() {
    return retaining;
  }

  void origin(@Nullable StackTraceElement line) {
    origin = line;
  }

  @Nullable StackTraceElement origin() {
    return origin;
  }

  /// Whether a gradient has to come as one tensor, to be looked at.
  boolean seesGradient() {
    return !hooks.isEmpty() || retaining != null;
  }

  /// What the hooks, in the order of their registration, make of a gradient.
  Tensor run(Tensor g) {
    Tensor now = g;
    for (var hook : hooks) {
      Tensor changed = hook.action.apply(now);
      if (changed != null) {
        Gradient.require(
            "registerHook", "the gradient that a hook returned", changed, now.dtype, now.shape);
        now = changed;
      }
    }
    return now;
  }

  void ran(Tensor leaf) {
    for (var hook : accumulated) {
      hook.action.accept(leaf);
    }
  }

  /// One registration: equal to itself alone, so that one hook may be there twice.
  private static final class Registered<T> {
    final T action;

    Registered(T action) {
      this.action = action;
    }
  }
}
