package dev.gatun.nn;

import dev.gatun.tensor.HookHandle;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The calling of a [Module], with its hooks.
abstract sealed class HookedModule permits RegisteringModule {
  private volatile @Nullable Hooks hooks;

  abstract Tensor run(Tensor x);

  abstract String typeName();

  /// Calls this module: the forward pre-hooks, [Module#forward], then the forward hooks; PyTorch's
  /// `module(x)`. Without hooks it is `forward`.
  ///
  /// Containers call their modules this way, and so should a `forward` that uses others.
  ///
  /// @param x the input
  /// @return the output; it belongs to the current scope
  public final Tensor call(Tensor x) {
    Hooks own = hooks;
    return own == null ? run(x) : own.call((Module) this, x, this::run);
  }

  /// As [#call(Tensor)], of a `forward` that takes more than one tensor: hooks see the first one.
  ///
  /// ```java
  /// Tensor y = layer.call(x, first -> layer.forward(first, mask));
  /// ```
  ///
  /// @param x the first input
  /// @param forward calls this module's `forward` with it
  /// @return the output; it belongs to the current scope
  public final Tensor call(Tensor x, UnaryOperator<Tensor> forward) {
    Hooks own = hooks;
    return own == null ? forward.apply(x) : own.call((Module) this, x, forward);
  }

  /// Has `hook` run before each [#call], in the order of registration. A direct call of
  /// [Module#forward] passes all hooks over, as in PyTorch.
  ///
  /// @param hook sees the input and may replace it
  /// @return to take the hook away again
  public final HookHandle registerForwardPreHook(ForwardPreHook hook) {
    return add(hook, own -> own.before);
  }

  /// Has `hook` run after each [#call], in the order of registration. A direct call of
  /// [Module#forward] passes all hooks over, as in PyTorch.
  ///
  /// @param hook sees input and output and may replace the output
  /// @return to take the hook away again
  public final HookHandle registerForwardHook(ForwardHook hook) {
    return add(hook, own -> own.after);
  }

  /// Has `hook` run in every backward that reaches this module through a [#call], with the
  /// gradients of its input and output. A direct call of [Module#forward] passes all hooks over, as
  /// in PyTorch.
  ///
  /// @param hook sees the gradients and may replace that of the input
  /// @return to take the hook away again
  public final HookHandle registerFullBackwardHook(FullBackwardHook hook) {
    return add(hook, own -> own.backward);
  }

  /// Whether a direct call of `forward` would pass something over.
  final boolean hasHooks() {
    return hooks != null;
  }

  private synchronized <T> HookHandle add(
      T hook, Function<Hooks, List<Hooks.Registered<T>>> select) {
    Hooks known = hooks;
    Hooks own = known == null ? new Hooks() : known;
    var registered = new Hooks.Registered<>(hook);
    select.apply(own).add(registered);
    hooks = own;
    return new HookHandle(() -> remove(own, select.apply(own), registered));
  }

  private synchronized <T> void remove(Hooks own, List<T> list, T registered) {
    list.remove(registered);
    if (own.isEmpty() && hooks == own) {
      hooks = null;
    }
  }
}
