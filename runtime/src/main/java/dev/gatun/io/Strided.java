package dev.gatun.io;

import dev.gatun.tensor.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Views of any strides over a row of elements: `torch.as_strided`.
final class Strided {
  private Strided() {}

  /// A view without a copy.
  ///
  /// @param flat one dimension
  /// @param offset of the first element
  /// @param shape sizes
  /// @param strides none negative; all elements are in `flat`
  static Tensor view(Tensor flat, long offset, List<Long> shape, List<Long> strides) {
    long[] sizes = Bytes.toArray(shape);
    if (shape.contains(0L)) {
      return flat.narrow(0, 0, 0).view(sizes);
    }
    // The dimensions that move, the widest step first: each cuts the row into windows that hold
    // what the others walk over, and windows may overlap.
    List<Integer> moving =
        IntStream.range(0, sizes.length)
            .filter(i -> sizes[i] > 1 && strides.get(i) > 0)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> strides.get(i)).reversed())
            .toList();
    long extent = 1;
    for (int dim : moving) {
      extent += (sizes[dim] - 1) * strides.get(dim);
    }
    Tensor view = flat.narrow(0, offset, extent);
    for (int dim : moving) {
      extent -= (sizes[dim] - 1) * strides.get(dim);
      view = view.unfold(-1, extent, strides.get(dim));
    }
    view = view.squeeze(-1).permute(order(moving));
    for (int dim = 0; dim < sizes.length; dim++) {
      if (!moving.contains(dim)) {
        view = view.unsqueeze(dim);
      }
    }
    return view.expand(sizes);
  }

  /// Where each dimension, in its own order, stands in `moving`.
  private static int[] order(List<Integer> moving) {
    return moving.stream().sorted().mapToInt(moving::indexOf).toArray();
  }
}
