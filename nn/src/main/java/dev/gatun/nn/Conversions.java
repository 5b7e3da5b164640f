package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.DTypeException;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.Set;

/// Changes the dtype of what a module holds. Objects stay the same, so that layers, optimizers and
/// other modules that share them go on with them.
final class Conversions {
  private Conversions() {}

  static void convert(Module root, DType dtype) {
    if (!dtype.isFloating()) {
      throw new DTypeException("to: modules hold floating dtypes: " + dtype);
    }
    Set<Tensor> done = ModuleTree.identitySet();
    for (Module module : ModuleTree.modules(root).values()) {
      for (Parameter parameter : module.registry().parameters.values()) {
        if (parameter.dtype() != dtype && done.add(parameter)) {
          parameter.convert(dtype);
        }
      }
      for (Buffer buffer : module.registry().buffers.values()) {
        if (buffer.dtype().isFloating() && buffer.dtype() != dtype && done.add(buffer)) {
          buffer.convert(dtype);
        }
      }
    }
  }

  /// The values in another dtype, in a lifetime of their own.
  static Tensor shared(Tensor values, DType dtype) {
    try (var _ = Scope.open("to");
        var _ = NoGrad.open()) {
      return values.detach().to(dtype).shared();
    }
  }
}
