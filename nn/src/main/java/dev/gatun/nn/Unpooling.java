package dev.gatun.nn;

import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// What a pooling did, for each dimension.
record Unpooling(List<Long> kernelSize, List<Long> stride, List<Long> padding) {
  static Unpooling of(int dims, MaxPoolOptions options) {
    List<Long> stride = options.stride().isEmpty() ? options.kernelSize() : options.stride();
    return new Unpooling(
        each(dims, options.kernelSize()), each(dims, stride), each(dims, options.padding()));
  }

  private static List<Long> each(int dims, List<Long> values) {
    if (values.size() != 1 && values.size() != dims) {
      throw new IllegalArgumentException(
          "MaxUnpool%dd: needs one size or %d: %s".formatted(dims, dims, Sizes.text(values)));
    }
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < dims; i++) {
      all.add(values.get(values.size() == 1 ? 0 : i));
    }
    return all;
  }

  long[] outputSize(String op, Tensor x) {
    int dims = kernelSize.size();
    int first = x.dim() - dims;
    if (first < 1) {
      throw new ShapeException(
          "%s: needs %d dims, or %d with a batch, got shape %s"
              .formatted(op, dims + 1, dims + 2, Numbers.text(x.shape())));
    }
    long[] size = new long[dims];
    for (int i = 0; i < dims; i++) {
      size[i] = (x.size(first + i) - 1) * stride.get(i) - 2 * padding.get(i) + kernelSize.get(i);
    }
    return size;
  }

  String text() {
    return "kernel_size=%s, stride=%s, padding=%s"
        .formatted(Sizes.tuple(kernelSize), Sizes.tuple(stride), Sizes.tuple(padding));
  }
}
