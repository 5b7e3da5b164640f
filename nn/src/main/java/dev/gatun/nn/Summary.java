package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The layers of a module with the shapes they put out, their parameters, memory and work, found by
/// calling it once: what `torchinfo.summary` prints.
///
/// The call records no gradients, in evaluation mode; modes and hooks are as before afterwards. A
/// lazy module is initialized by it. Work is counted where products and convolutions are computed,
/// so whatever a `forward` does itself is there too; a floating operation is half a multiply-add. A
/// module that its parent calls by `forward`, and not by [Module#call], shows no output, and its
/// work is the parent's.
///
/// @param rows every module under each of its names, parents first
/// @param parameters elements of all parameters, tied ones once
/// @param trainable those of them that take a gradient
/// @param parameterBytes of all parameters, tied ones once
/// @param bufferBytes of all buffers
/// @param outputBytes of the outputs of all modules without children, at each call
/// @param multiplyAdds multiplications of products and convolutions, each with its addition
public record Summary(
    List<Row> rows,
    long parameters,
    long trainable,
    long parameterBytes,
    long bufferBytes,
    long outputBytes,
    long multiplyAdds) {

  /// One module under one name.
  ///
  /// @param name dotted, `""` for the module itself
  /// @param type what [Module#toString()] calls it
  /// @param depth how many modules are above it
  /// @param sameAs the name under which it stood before, whose row has the numbers; null where this
  ///   is its first
  /// @param calls how often it was called
  /// @param output shape of its last output; null where it was never called
  /// @param parameters elements of its own parameters that no row before has
  /// @param bytes of those, and of its own buffers
  /// @param outputBytes of its outputs, at each call
  /// @param multiplyAdds of its calls, without those of modules that they called
  public record Row(
      String name,
      String type,
      int depth,
      @Nullable String sameAs,
      int calls,
      @Nullable List<Long> output,
      long parameters,
      long bytes,
      long outputBytes,
      long multiplyAdds) {
    /// {@return floating operations: two for each multiply-add}
    public long flops() {
      return 2 * multiplyAdds;
    }
  }

  /// Copies the rows.
  public Summary {
    rows = List.copyOf(rows);
  }

  /// Calls a module with zeros of the dtype of its first parameter.
  ///
  /// @param module what to look at
  /// @param inputShape shape of the input, batch included
  /// @return the summary
  public static Summary of(Module module, long... inputShape) {
    DType dtype = module.parameters().stream().map(Tensor::dtype).findFirst().orElse(DType.F32);
    try (var _ = Scope.open("summary")) {
      return of(module, Tensor.zeros(dtype, inputShape));
    }
  }

  /// Calls a module.
  ///
  /// @param module what to look at
  /// @param x its input
  /// @return the summary
  public static Summary of(Module module, Tensor x) {
    return new Profile(module).run(x);
  }

  /// {@return floating operations: two for each multiply-add}
  public long flops() {
    return 2 * multiplyAdds;
  }

  /// The table, one line for each row, and the sums below it.
  @Override
  public String toString() {
    return SummaryText.of(this);
  }
}
