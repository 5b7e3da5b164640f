package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/// One module in the catalogue: how it is made and called. Its golden case has its name.
///
/// @param name of the golden case
/// @param make the module in a dtype, in training mode
/// @param call what the golden case calls, with its inputs; the outputs in its order
record ModuleRow(String name, Function<DType, Module> make, Call<Module> call) {
  /// How a module of one type is called.
  @FunctionalInterface
  interface Call<M> {
    List<Tensor> apply(M module, Checks.Inputs in);
  }

  /// A module with one input, `x`, and one output.
  static ModuleRow row(String name, Function<DType, Module> make) {
    return new ModuleRow(name, make, (module, in) -> List.of(module.forward(in.get("x"))));
  }

  /// A module with inputs and outputs of its own.
  @SuppressWarnings("unchecked") // the module given to the call is the one made
  static <M extends Module> ModuleRow row(
      String name, Function<DType, M> make, Call<? super M> call) {
    return new ModuleRow(name, make::apply, (module, in) -> call.apply((M) module, in));
  }

  List<Tensor> run(Module module, Checks.Inputs in) {
    return call.apply(module, in);
  }

  @Override
  public String toString() {
    return name;
  }
}
