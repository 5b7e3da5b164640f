package dev.gatun.nn.serve;

import dev.gatun.nn.Module;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/// Copies of modules that training does not reach.
public final class Snapshot {
  private Snapshot() {}

  /// Copies parameters and buffers, those that are not saved too, into a new module, in memory that
  /// every thread may read. The copy is in evaluation mode and takes no gradients. Whoever trains
  /// the module calls this, between two steps.
  ///
  /// @param <M> the kind of module
  /// @param maker makes a module of the same structure and dtypes, such as `MLP::new`
  /// @param module is copied and stays as it is
  /// @return a module of its own, to be closed, or published in [Versions]
  /// @throws IllegalArgumentException if names, shapes or dtypes differ; nothing is left then
  @SuppressWarnings("ReferenceEquality") // one module, not two that are alike
  public static <M extends Module> M of(Supplier<M> maker, Module module) {
    M copy = maker.get();
    if (copy == module) {
      throw new IllegalArgumentException("snapshot: the maker returned the module itself");
    }
    try {
      Map<String, Tensor> state = module.stateDict();
      checkDTypes(copy.namedParameters(), state);
      checkDTypes(copy.namedBuffers(), state);
      copy.loadStateDict(state);
      copyBuffers(module.namedBuffers(), copy.namedBuffers());
      copy.requiresGrad_(false).eval();
    } catch (Throwable e) {
      copy.close();
      throw e;
    }
    return copy;
  }

  private static void checkDTypes(Map<String, ? extends Tensor> copies, Map<String, Tensor> state) {
    copies.forEach((name, copy) -> {
      Tensor value = state.get(name);
      if (value != null && value.dtype() != copy.dtype()) {
        throw new IllegalArgumentException(
            "snapshot: '%s' has another dtype in the module that was made: %s, not %s"
                .formatted(name, copy.dtype(), value.dtype()));
      }
    });
  }

  /// Those of the state once more, and the others.
  private static void copyBuffers(Map<String, Tensor> from, Map<String, Tensor> to) {
    if (!from.keySet().equals(to.keySet())) {
      throw new IllegalArgumentException(
          "snapshot: the buffers differ: %s, not %s".formatted(to.keySet(), from.keySet()));
    }
    try (var _ = NoGrad.open()) {
      to.forEach((name, buffer) -> {
        Tensor _ = buffer.copy_(Objects.requireNonNull(from.get(name), name));
      });
    }
  }
}
