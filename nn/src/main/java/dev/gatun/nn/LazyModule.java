package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// A [Module] that learns the shapes of some of its parameters from its first input; PyTorch's
/// `LazyModuleMixin`.
///
/// Such a module registers [Parameter#uninitialized] parameters, gives them shapes in
/// [#initializeParameters], and begins its `forward` with [#inferParameters]:
///
/// ```java
/// final class Scale extends Module implements LazyModule {
///   private final Parameter factor = parameter("factor", Parameter.uninitialized(DType.F32));
///
///   public void initializeParameters(Tensor x) {
///     factor.materialize(x.size(-1));
///     Init.ones_(factor);
///   }
///
///   @Override
///   public Tensor forward(Tensor x) {
///     inferParameters(x);
///     return x.mul(factor);
///   }
/// }
/// ```
///
/// Until then the parameters can be passed on, frozen, converted and loaded from a state, which
/// gives them their shapes too, but not be read, saved or optimized.
public interface LazyModule {
  /// Gives the uninitialized parameters shapes and initial values. Called once, before the first
  /// `forward`, and not at all if a state was loaded before.
  ///
  /// @param x the first input
  void initializeParameters(Tensor x);

  /// Calls [#initializeParameters] if a parameter or buffer of this module itself is uninitialized.
  /// Of several threads with a first input one does so, and the others wait.
  ///
  /// @param x the input
  default void inferParameters(Tensor x) {
    if (this instanceof Module module) {
      module.registry().infer(this, x);
    }
  }

  /// {@return whether a parameter or buffer of this module itself has no shape yet}
  default boolean hasUninitializedParameters() {
    return this instanceof Module module && module.registry().hasUninitialized();
  }
}
