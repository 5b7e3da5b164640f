package dev.gatun.nn;

import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The hooks of one module. Threads may call the module while hooks come and go.
final class Hooks {
  final List<Registered<ForwardPreHook>> before = new CopyOnWriteArrayList<>();
  final List<Registered<ForwardHook>> after = new CopyOnWriteArrayList<>();
  final List<Registered<FullBackwardHook>> backward = new CopyOnWriteArrayList<>();

  /// One registration: equal to itself alone, so that one hook may be there twice.
  static final class Registered<T> {
    private final T hook;

    Registered(T hook) {
      this.hook = hook;
    }
  }

  boolean isEmpty() {
    return before.isEmpty() && after.isEmpty() && backward.isEmpty();
  }

  Tensor call(Module module, Tensor x, UnaryOperator<Tensor> forward) {
    Tensor input = x;
    for (var each : before) {
      Tensor changed = each.hook.before(module, input);
      input = changed == null ? input : changed;
    }
    Gradients gradients =
        backward.isEmpty() || NoGrad.isOpen() ? null : new Gradients(module, backward);
    if (gradients != null) {
      input = gradients.enter(input);
    }
    Tensor y = forward.apply(input);
    for (var each : after) {
      Tensor changed = each.hook.after(module, input, y);
      y = changed == null ? y : changed;
    }
    return gradients == null ? y : gradients.leave(y);
  }

  /// The gradients of one call. Input and output go through views of their own, so that what others
  /// do with the same tensors is no part of them.
  private static final class Gradients {
    private final Module module;
    private final List<Registered<FullBackwardHook>> hooks;
    private boolean inputNeedsGradient;
    private @Nullable Tensor ofOutput;

    Gradients(Module module, List<Registered<FullBackwardHook>> hooks) {
      this.module = module;
      this.hooks = hooks;
    }

    Tensor enter(Tensor x) {
      if (!x.requiresGrad()) {
        return x;
      }
      inputNeedsGradient = true;
      Tensor own = x.view(x.shape());
      var _ = own.registerHook(this::atInput);
      return own;
    }

    Tensor leave(Tensor y) {
      if (!y.requiresGrad()) {
        return y;
      }
      Tensor own = y.view(y.shape());
      var _ = own.registerHook(this::atOutput);
      return own;
    }

    private @Nullable Tensor atOutput(Tensor g) {
      ofOutput = g;
      if (!inputNeedsGradient && run(null, g) != null) {
        throw new IllegalStateException(
            "registerFullBackwardHook: the input of %s needs no gradient, but a hook returned one; return null"
                .formatted(module.typeName()));
      }
      return null;
    }

    private @Nullable Tensor atInput(Tensor g) {
      // Without one the output took no part: only inner results of the module did.
      return ofOutput == null ? null : run(g, ofOutput);
    }

    private @Nullable Tensor run(@Nullable Tensor gradInput, Tensor gradOutput) {
      Tensor now = gradInput;
      for (var each : hooks) {
        Tensor changed = each.hook.backward(module, now, gradOutput);
        now = changed == null ? now : changed;
      }
      return now;
    }
  }
}
