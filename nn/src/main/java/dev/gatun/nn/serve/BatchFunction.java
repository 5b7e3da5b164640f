package dev.gatun.nn.serve;

import dev.gatun.nn.Module;
import dev.gatun.nn.Plan;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/// What a [Batcher] runs: it computes every row of the output from the same row of the input.
///
/// It is called by the batcher's own platform threads, by several at once when there are several,
/// with recording off and a scope open that closes when it returns. Both tensors are contiguous,
/// belong to the batcher and hold something else after the call. When it throws for a batch it is
/// called again for each row alone.
@FunctionalInterface
public interface BatchFunction {
  /// Computes one batch.
  ///
  /// @param input rows, `[n, …]`, `n` from 1 to the maximum batch size
  /// @param output to be written, `[n, …]`
  void run(Tensor input, Tensor output);

  /// A function that returns its result, whose rows are copied.
  ///
  /// @param function makes `[n, …]` of `[n, …]`
  /// @return the same as a function that writes
  static BatchFunction of(UnaryOperator<Tensor> function) {
    return (input, output) -> write(function.apply(input), output);
  }

  /// A module, whose parameters nobody changes meanwhile.
  ///
  /// @param module in evaluation mode
  /// @return calls it
  /// @throws IllegalStateException if it is in training mode
  static BatchFunction of(Module module) {
    requireEvaluation(module);
    return (input, output) -> write(module.call(input), output);
  }

  /// A compiled module; the batcher's largest batch must not be larger than the plan's.
  ///
  /// @param plan stays open for as long as the batcher
  /// @return runs it
  static BatchFunction of(Plan plan) {
    return (input, output) -> write(plan.run(input), output);
  }

  /// The current version of a model: each batch is computed by one version as a whole, the one that
  /// is current when it begins. Publishing another takes no lock and drops no request.
  ///
  /// @param models modules in evaluation mode, such as [Snapshot] makes them
  /// @return calls the current one; a batch fails with [IllegalStateException] when there is none,
  ///   or it is in training mode
  static BatchFunction of(Versions<? extends Module> models) {
    return (input, output) -> {
      try (Lease<? extends Module> model = models.acquire()) {
        requireEvaluation(model.value());
        write(model.value().call(input), output);
      }
    };
  }

  private static void requireEvaluation(Module module) {
    if (module.isTraining()) {
      throw new IllegalStateException(
          "batcher: %s is in training mode; call eval() first"
              .formatted(module.getClass().getSimpleName()));
    }
  }

  private static void write(Tensor result, Tensor output) {
    if (result.dtype() != output.dtype() || !Arrays.equals(result.shape(), output.shape())) {
      throw new IllegalStateException(
          "batcher: the function returned another shape or dtype than its output: %s %s, not %s %s"
              .formatted(result.dtype(), result.describe(), output.dtype(), output.describe()));
    }
    Tensor _ = output.copy_(result);
  }
}
