package dev.gatun.tensor;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/// Refuses values that a [Program] was not traced for.
final class ProgramArguments {
  private ProgramArguments() {}

  static void require(String what, List<Tensor> own, List<MemorySegment> given) {
    if (own.size() != given.size()) {
      throw new IllegalArgumentException(
          "program: expected %d %s, got %d".formatted(own.size(), what, given.size()));
    }
    for (int i = 0; i < own.size(); i++) {
      require(what, i, own.get(i), given.get(i));
    }
  }

  static void require(String what, int i, Tensor tensor, MemorySegment given) {
    if (given.byteSize() < bytes(tensor)) {
      throw new IllegalArgumentException(
          "program: %d of the %s is too short: %d bytes for %s of %s (%d bytes)"
              .formatted(
                  i, what, given.byteSize(), tensor.describe(), tensor.dtype, bytes(tensor)));
    }
  }

  static void require(List<Tensor> inputs, List<Tensor> given) {
    if (inputs.size() != given.size()) {
      throw new IllegalArgumentException(
          "program: expected %d inputs, got %d".formatted(inputs.size(), given.size()));
    }
    for (int i = 0; i < given.size(); i++) {
      Tensor input = inputs.get(i);
      Tensor x = given.get(i);
      if (!Arrays.equals(input.shape, x.shape)) {
        throw new ShapeException(
            "program: input %d has shape %s, but %s was traced"
                .formatted(i, Shapes.format(x.shape), Shapes.format(input.shape)));
      }
      if (input.dtype != x.dtype) {
        throw new DTypeException(
            "program: input %d is %s, but %s was traced".formatted(i, x.dtype, input.dtype));
      }
    }
  }

  static long bytes(Tensor tensor) {
    return tensor.numel * tensor.dtype.byteSize();
  }
}
