package dev.gatun.nn.optim;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Module;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The mean of a model's weights over training (Izmailov and others, arXiv:1803.05407), as
/// PyTorch's `torch.optim.swa_utils.AveragedModel`. It holds copies of parameters and buffers in a
/// shared lifetime until [#close()]; [#swap(Module)] or [#copyTo(Module)] puts them into a model.
///
/// ```java
/// var averaged = new AveragedModel(model);
/// for (…) {
///   optimizer.step();
///   averaged.updateParameters(model);
/// }
/// averaged.copyTo(model);
/// ```
public sealed class AveragedModel implements AutoCloseable permits ExponentialMovingAverage {
  private static final String COUNT = "n_averaged";
  private static final String PREFIX = "module.";

  /// How an average takes up another value.
  @FunctionalInterface
  public interface Average {
    /// Changes `average` in place.
    ///
    /// @param average so far
    /// @param value to be taken up
    /// @param averaged how many values are in the average, at least 1
    void update(Tensor average, Tensor value, long averaged);
  }

  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> buffers = new LinkedHashMap<>();
  private final Average average;
  private final boolean useBuffers;
  private long averaged;

  /// The mean of all updates, of parameters alone.
  ///
  /// @param model is copied
  public AveragedModel(Module model) {
    this(model, (mean, value, n) -> mean.lerp_(value, 1.0 / (n + 1)), false);
  }

  /// Any average.
  ///
  /// @param model is copied
  /// @param average how values are taken up
  /// @param useBuffers whether floating buffers are averaged too; else they stay as they are now.
  ///   Others are not averaged but copied
  public AveragedModel(Module model, Average average, boolean useBuffers) {
    model.namedParameters().forEach((name, p) -> parameters.put(name, p.detach().shared()));
    model.namedBuffers().forEach((name, b) -> buffers.put(name, b.shared()));
    this.average = average;
    this.useBuffers = useBuffers;
  }

  /// Takes up the weights of a model; the first time they are copied.
  ///
  /// @param model with the names and shapes of the one that was copied
  /// @throws IllegalArgumentException if a name or shape differs; nothing was changed then
  public final void updateParameters(Module model) {
    Map<String, Tensor> values = values(model);
    try (var _ = NoGrad.open();
        var _ = Scope.open("average")) {
      parameters.forEach((name, mean) -> update(mean, get(values, name)));
      if (useBuffers) {
        buffers.forEach((name, mean) -> update(mean, get(values, name)));
      }
    }
    averaged++;
  }

  private void update(Tensor mean, Tensor value) {
    if (averaged == 0 || !mean.dtype().isFloating()) {
      mean.copy_(value);
    } else {
      average.update(mean, value.detach(), averaged);
    }
  }

  /// {@return how often weights were taken up}
  public final long averaged() {
    return averaged;
  }

  /// Puts the averages into a model.
  ///
  /// @param model with the names and shapes of the one that was copied
  public final void copyTo(Module model) {
    Map<String, Tensor> values = values(model);
    try (var _ = NoGrad.open()) {
      parameters.forEach((name, mean) -> get(values, name).copy_(mean));
      if (useBuffers) {
        buffers.forEach((name, mean) -> get(values, name).copy_(mean));
      }
    }
  }

  /// Exchanges the averages and the weights of a model: once to evaluate it, and once more to go on
  /// with training.
  ///
  /// @param model with the names and shapes of the one that was copied
  public final void swap(Module model) {
    Map<String, Tensor> values = values(model);
    try (var _ = NoGrad.open()) {
      parameters.forEach((name, mean) -> swap(mean, get(values, name)));
      if (useBuffers) {
        buffers.forEach((name, mean) -> swap(mean, get(values, name)));
      }
    }
  }

  private static void swap(Tensor mean, Tensor value) {
    try (var _ = Scope.open("swap")) {
      Tensor weights = value.detach().copy();
      value.copy_(mean);
      mean.copy_(weights);
    }
  }

  private Map<String, Tensor> values(Module model) {
    Map<String, Tensor> values = new LinkedHashMap<>(model.namedParameters());
    values.putAll(model.namedBuffers());
    parameters.forEach((name, mean) -> check(name, mean, values.get(name)));
    buffers.forEach((name, mean) -> check(name, mean, values.get(name)));
    return values;
  }

  /// One that [#check] has seen.
  private static Tensor get(Map<String, Tensor> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static void check(String name, Tensor mean, @Nullable Tensor value) {
    if (value == null || !Arrays.equals(mean.shape(), value.shape())) {
      throw new IllegalArgumentException(
          "AveragedModel: '%s' is %s, the model has %s"
              .formatted(
                  name, mean.describe(), value == null ? "no such tensor" : value.describe()));
    }
  }

  /// The averages under PyTorch's names, `module.` before those of the model, and `n_averaged`,
  /// which belongs to the current scope.
  ///
  /// @return a new map; the other tensors share the memory of this
  public final Map<String, Tensor> stateDict() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put(COUNT, Tensor.scalar(DType.I64, (double) averaged));
    parameters.forEach((name, mean) -> state.put(PREFIX + name, mean.detach()));
    buffers.forEach((name, mean) -> state.put(PREFIX + name, mean.detach()));
    return state;
  }

  /// Copies averages.
  ///
  /// @param state of a model of the same names and shapes
  /// @throws IllegalArgumentException if something is missing or has another shape; nothing was
  ///   changed then
  public final void loadStateDict(Map<String, Tensor> state) {
    Tensor count = state.get(COUNT);
    if (count == null) {
      throw new IllegalArgumentException("AveragedModel: stateDict has no '" + COUNT + "'");
    }
    parameters.forEach((name, mean) -> check(name, mean, state.get(PREFIX + name)));
    buffers.forEach((name, mean) -> check(name, mean, state.get(PREFIX + name)));
    long counted = count.itemLong();
    try (var _ = NoGrad.open()) {
      parameters.forEach((name, mean) -> mean.copy_(get(state, PREFIX + name)));
      buffers.forEach((name, mean) -> mean.copy_(get(state, PREFIX + name)));
    }
    averaged = counted;
  }

  /// Frees the averages.
  @Override
  public final void close() {
    parameters.values().forEach(Tensor::free);
    buffers.values().forEach(Tensor::free);
  }
}
