package dev.gatun.demo.model;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.nio.file.Path;

/// Runs a network that was read from a file, any number of rows at a time.
public final class Predictor {
  private static final long BATCH = 1024;

  private final ModelFile.Loaded model;

  /// @param model the network
  public Predictor(ModelFile.Loaded model) {
    this.model = model;
  }

  /// Computes the scores of every row; they belong to the current scope.
  ///
  /// @param name what the input is called in messages
  /// @param input `[N, features]`, `[N, …]` whose rows have as many elements, or one row of any
  ///   shape; U8 is taken as pixels and divided by 255
  /// @return `[N, classes]`, or `[classes]` for an input of one dimension
  /// @throws ShapeException if the network takes another number of features
  public Tensor scores(Path name, Tensor input) {
    long features = model.shape().inputs();
    long rows = rows(name, input, features);
    Tensor x = floats(input).reshape(rows, features);
    Tensor scores = Tensor.empty(DType.F32, rows, model.shape().outputs());
    for (long from = 0; from < rows; from += BATCH) {
      long size = Math.min(BATCH, rows - from);
      try (var _ = Scope.open("batch")) {
        Tensor part = model.network().forward(x.narrow(0, from, size));
        Tensor _ = scores.narrow(0, from, size).copy_(part);
      }
    }
    return input.dim() == 1 ? scores.select(0, 0) : scores;
  }

  private static Tensor floats(Tensor input) {
    return input.dtype() == DType.U8 ? ImageTensors.fromPixels(input) : input.to(DType.F32);
  }

  private static long rows(Path name, Tensor input, long features) {
    if (input.dim() > 1 && input.numel() == input.size(0) * features) {
      return input.size(0);
    }
    if (input.dim() > 0 && input.numel() == features) {
      return 1;
    }
    throw new ShapeException(
        "input does not fit the network: %s is %s, the network takes [N,%d]"
            .formatted(name, input.describe(), features));
  }
}
