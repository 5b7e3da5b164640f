package dev.gatun.nn;

import dev.gatun.tensor.InterpolateMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Options of [Upsample] and [F#interpolate]: a size or a factor, one number for all dimensions
/// after the second or one for each.
///
/// @param size of the result; empty where there is a factor
/// @param scaleFactor by which sizes grow, rounded down; empty where there is a size
/// @param mode what stands between elements
/// @param alignCorners whether the outermost elements stay where they are, of linear and cubic
///   modes
/// @param recomputeScaleFactor whether positions are found from the sizes, and not from the factor
public record InterpolateOptions(
    List<Long> size,
    List<Double> scaleFactor,
    InterpolateMode mode,
    boolean alignCorners,
    boolean recomputeScaleFactor) {
  /// Copies the lists.
  public InterpolateOptions {
    size = List.copyOf(size);
    scaleFactor = List.copyOf(scaleFactor);
    if (size.isEmpty() == scaleFactor.isEmpty()) {
      throw new IllegalArgumentException(
          "interpolate: needs a size or a scale factor: %s and %s".formatted(size, scaleFactor));
    }
  }

  /// Of one size, by the nearest element.
  ///
  /// @param size of the result
  /// @return the options
  public static InterpolateOptions ofSize(long... size) {
    return new InterpolateOptions(Sizes.of(size), List.of(), InterpolateMode.NEAREST, false, false);
  }

  /// Larger by a factor, by the nearest element.
  ///
  /// @param scaleFactor by which sizes grow
  /// @return the options
  public static InterpolateOptions ofScale(double... scaleFactor) {
    List<Double> factors = Arrays.stream(scaleFactor).boxed().toList();
    return new InterpolateOptions(List.of(), factors, InterpolateMode.NEAREST, false, false);
  }

  /// Sets the mode.
  ///
  /// @param mode what stands between elements
  /// @return changed options
  public InterpolateOptions mode(InterpolateMode mode) {
    return with(to -> to.mode = mode);
  }

  /// Sets what happens at the edges.
  ///
  /// @param alignCorners whether the outermost elements stay where they are
  /// @return changed options
  public InterpolateOptions alignCorners(boolean alignCorners) {
    return with(to -> to.alignCorners = alignCorners);
  }

  /// Sets where positions come from.
  ///
  /// @param recomputeScaleFactor whether from the sizes, and not from the factor
  /// @return changed options
  public InterpolateOptions recomputeScaleFactor(boolean recomputeScaleFactor) {
    return with(to -> to.recomputeScaleFactor = recomputeScaleFactor);
  }

  private InterpolateOptions with(Consumer<Draft> change) {
    Draft to = new Draft();
    change.accept(to);
    return new InterpolateOptions(
        to.size, to.scaleFactor, to.mode, to.alignCorners, to.recomputeScaleFactor);
  }

  /// These while some of them change.
  private final class Draft {
    private List<Long> size = size();
    private List<Double> scaleFactor = scaleFactor();
    private InterpolateMode mode = mode();
    private boolean alignCorners = alignCorners();
    private boolean recomputeScaleFactor = recomputeScaleFactor();
  }

  double[] factors() {
    return scaleFactor.stream().mapToDouble(Double::doubleValue).toArray();
  }

  String text() {
    String name = mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
    String what = size.isEmpty() ? "scale_factor=" + factorText() : "size=" + Sizes.text(size);
    return what + ", mode=" + name;
  }

  private String factorText() {
    String all = scaleFactor.stream().map(Numbers::python).collect(Collectors.joining(", "));
    return scaleFactor.size() == 1 ? all : "(" + all + ")";
  }
}
