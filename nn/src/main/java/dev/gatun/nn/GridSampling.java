package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.InterpolateMode;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Elements of images at the positions of a grid; see [F#gridSample]. Each dimension says which of
/// its elements make up a sample, and with which weights; a sample is the sum over what they have
/// in common.
///
/// @param mode how many elements each dimension has
/// @param padding what is outside
/// @param alignCorners whether -1 and 1 are the middles of the outermost elements, not their edges
record GridSampling(InterpolateMode mode, PaddingMode padding, boolean alignCorners) {
  private static final double CUBIC = -0.75;

  /// Elements of one dimension, `[N, P]`, and their weights.
  private record Tap(Tensor index, Tensor weight) {}

  GridSampling {
    if (padding == PaddingMode.CIRCULAR) {
      throw new IllegalArgumentException(
          "gridSample: padding must be zeros, replicate or reflect: " + padding);
    }
    if (mode == InterpolateMode.AREA
        || mode == InterpolateMode.LINEAR
        || mode == InterpolateMode.NEAREST_EXACT) {
      throw new IllegalArgumentException(
          "gridSample: mode must be NEAREST, BILINEAR, TRILINEAR or BICUBIC: " + mode);
    }
  }

  Tensor sample(Tensor x, Tensor grid) {
    int dims = x.dim() - 2;
    check(x, grid, dims);
    long[] shape = grid.shape();
    long[] places = Arrays.copyOfRange(shape, 1, shape.length - 1);
    long count = Arrays.stream(places).reduce(1, Math::multiplyExact);
    List<List<Tap>> taps = new ArrayList<>();
    for (int d = 0; d < dims; d++) {
      Tensor at = grid.select(-1, dims - 1 - d).reshape(shape[0], count);
      taps.add(taps(at, x.size(2 + d)));
    }
    Tensor flat = x.reshape(x.size(0), x.size(1), -1);
    Tensor sum = add(null, flat, taps, x.shape(), null, null);
    long[] result = new long[x.dim()];
    result[0] = x.size(0);
    result[1] = x.size(1);
    System.arraycopy(places, 0, result, 2, dims);
    return sum.reshape(result);
  }

  private void check(Tensor x, Tensor grid, int dims) {
    boolean fits =
        (dims == 2 || dims == 3)
            && grid.dim() == x.dim()
            && grid.size(0) == x.size(0)
            && grid.size(-1) == dims;
    for (int d = 0; fits && d < dims; d++) {
      fits = x.size(2 + d) > 0;
    }
    if (!fits) {
      throw new ShapeException(
          "gridSample: needs [N,C,H,W] and [N,h,w,2], or [N,C,D,H,W] and [N,d,h,w,3]: %s and %s"
              .formatted(Numbers.text(x.shape()), Numbers.text(grid.shape())));
    }
    boolean isPlane = mode == InterpolateMode.BICUBIC;
    if ((dims != 2 && isPlane) || (dims != 3 && mode == InterpolateMode.TRILINEAR)) {
      throw new ShapeException(
          "gridSample: %s is for %d dims: %s"
              .formatted(mode, isPlane ? 2 : 3, Numbers.text(x.shape())));
    }
  }

  /// Adds up the elements that are left to choose from, dimension by dimension.
  private static Tensor add(
      @Nullable Tensor sum,
      Tensor flat,
      List<List<Tap>> taps,
      long[] shape,
      @Nullable Tensor index,
      @Nullable Tensor weight) {
    int d = shape.length - 2 - taps.size();
    if (taps.isEmpty() && index != null && weight != null) {
      Tensor wide = index.unsqueeze(1).expand(flat.size(0), flat.size(1), index.size(1));
      Tensor part = flat.gather(2, wide).mul(weight.unsqueeze(1));
      return sum == null ? part : sum.add(part);
    }
    Tensor total = sum;
    for (Tap tap : taps.getFirst()) {
      Tensor at = index == null ? tap.index : index.mul(shape[2 + d]).add(tap.index);
      Tensor by = weight == null ? tap.weight : weight.mul(tap.weight);
      total = add(total, flat, taps.subList(1, taps.size()), shape, at, by);
    }
    return Objects.requireNonNull(total);
  }

  private List<Tap> taps(Tensor at, long size) {
    Tensor place =
        alignCorners ? at.add(1).mul((size - 1) / 2.0) : at.add(1).mul((double) size).sub(1).div(2);
    return switch (mode) {
      case NEAREST -> {
        Tensor nearest = padded(place, size).detach().round();
        yield List.of(tap(nearest, Tensor.ones(at.dtype(), at.shape()), size));
      }
      case BICUBIC -> cubic(place, size);
      default -> {
        Tensor inner = padded(place, size);
        Tensor low = inner.detach().floor();
        Tensor part = inner.sub(low);
        yield List.of(tap(low, part.neg().add(1), size), tap(low.add(1), part, size));
      }
    };
  }

  private List<Tap> cubic(Tensor place, long size) {
    Tensor low = place.detach().floor();
    Tensor t = place.sub(low);
    Tensor u = t.neg().add(1);
    Tensor[] weights = {outer(t.add(1)), inner(t), inner(u), outer(u.add(1))};
    List<Tap> taps = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      taps.add(tap(padded(low.add(i - 1.0), size), weights[i], size));
    }
    return taps;
  }

  /// `(a + 2) t³ - (a + 3) t² + 1`, up to a distance of 1.
  private static Tensor inner(Tensor t) {
    return t.mul(CUBIC + 2).sub(CUBIC + 3).mul(t).mul(t).add(1);
  }

  /// `a t³ - 5a t² + 8a t - 4a`, from a distance of 1 to 2.
  private static Tensor outer(Tensor t) {
    return t.mul(CUBIC).sub(5 * CUBIC).mul(t).add(8 * CUBIC).mul(t).sub(4 * CUBIC);
  }

  /// What is outside, or is no number, has no weight.
  private static Tap tap(Tensor place, Tensor weight, long size) {
    Tensor inside = place.ge(0).logicalAnd(place.le(size - 1.0));
    Tensor index = Tensor.where(inside, place, 0.0).to(DType.I64);
    return new Tap(index, Tensor.where(inside, weight, 0.0));
  }

  private Tensor padded(Tensor place, long size) {
    return switch (padding) {
      case REPLICATE -> clipped(place, size);
      case REFLECT -> clipped(reflected(place, size), size);
      default -> place;
    };
  }

  /// Without a gradient at the ends and outside of them.
  private static Tensor clipped(Tensor place, long size) {
    Tensor inside = place.gt(0).logicalAnd(place.lt(size - 1.0));
    return Tensor.where(inside, place, place.detach().clamp(0, size - 1.0));
  }

  private Tensor reflected(Tensor place, long size) {
    double low = alignCorners ? 0 : -0.5;
    double span = alignCorners ? size - 1 : size;
    if (span == 0) {
      return place.mul(0);
    }
    Tensor from = place.sub(low);
    Tensor far = from.mul(Tensor.where(from.detach().lt(0), -1.0, 1.0).to(place.dtype()));
    Tensor flips = far.detach().div(span).floor();
    Tensor rest = far.sub(flips.mul(span));
    Tensor even = flips.remainder(2).eq(0);
    return Tensor.where(even, rest.add(low), rest.neg().add(span + low));
  }

  /// The grid that takes each sample of a result of `size` to where `theta` maps it.
  static Tensor affine(Tensor theta, long[] size, boolean alignCorners) {
    int dims = size.length - 2;
    boolean fits =
        (dims == 2 || dims == 3)
            && theta.dim() == 3
            && theta.size(0) == size[0]
            && theta.size(1) == dims
            && theta.size(2) == dims + 1
            && Arrays.stream(size).allMatch(n -> n > 0);
    if (!fits) {
      throw new ShapeException(
          "affineGrid: needs [N,2,3] and 4 sizes, or [N,3,4] and 5 sizes, all positive: %s and %s"
              .formatted(Numbers.text(theta.shape()), Numbers.text(size)));
    }
    long[] places = Arrays.copyOfRange(size, 2, size.length);
    List<Tensor> columns = new ArrayList<>();
    for (int d = dims - 1; d >= 0; d--) {
      long[] shape = new long[dims];
      Arrays.fill(shape, 1);
      shape[d] = places[d];
      columns.add(steps(theta, places[d], alignCorners).view(shape).expand(places).reshape(-1, 1));
    }
    columns.add(Tensor.ones(theta.dtype(), columns.getFirst().size(0), 1));
    Tensor base = Tensor.cat(columns, 1);
    long[] result = new long[size.length];
    result[0] = size[0];
    System.arraycopy(places, 0, result, 1, dims);
    result[dims + 1] = dims;
    return base.matmul(theta.transpose(1, 2)).view(result);
  }

  private static Tensor steps(Tensor like, long count, boolean alignCorners) {
    if (count == 1) {
      return Tensor.zeros(like.dtype(), 1);
    }
    Tensor line = Tensor.linspace(like.dtype(), -1, 1, count);
    return alignCorners ? line : line.mul((count - 1) / (double) count);
  }
}
