package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Splits one dimension into several: undoes [Flatten]. The result is a view where the layout
/// allows.
public final class Unflatten extends Module {
  private final int dim;
  private final long[] sizes;

  /// Makes the layer; it has no parameters.
  ///
  /// @param dim the dimension to split, from the back when negative
  /// @param sizes what it is split into; one of them may be -1
  public Unflatten(int dim, long... sizes) {
    if (sizes.length == 0) {
      throw new IllegalArgumentException("Unflatten: there are no sizes");
    }
    this.dim = dim;
    this.sizes = sizes.clone();
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.unflatten(dim, sizes);
  }

  @Override
  protected String extraRepr() {
    String text = Arrays.stream(sizes).mapToObj(Long::toString).collect(Collectors.joining(", "));
    return "dim=%d, unflattened_size=(%s%s)".formatted(dim, text, sizes.length == 1 ? "," : "");
  }
}
