package dev.gatun.tensor;

/// Channels and pixels in another order, as views and one copy.
final class Channels {
  private Channels() {}

  static Tensor pixelShuffle(Tensor x, long r) {
    Shapes.requireRank("pixelShuffle", x.shape, 3);
    int at = x.shape.length - 3;
    if (r < 1 || r > Integer.MAX_VALUE || x.shape[at] % (r * r) != 0) {
      throw new ShapeException(
          "pixelShuffle: the number of channels is not a multiple of the square of the upscale factor: %s (%d, %d)"
              .formatted(Shapes.format(x.shape), x.shape[at], r));
    }
    long c = x.shape[at] / (r * r);
    long h = x.shape[at + 1];
    long w = x.shape[at + 2];
    long n = product(x.shape, at);
    Tensor pixels = x.reshape(n, c, r, r, h, w).permute(0, 1, 4, 2, 5, 3);
    return pixels.reshape(shape(x, at, c, h * r, w * r));
  }

  static Tensor pixelUnshuffle(Tensor x, long r) {
    Shapes.requireRank("pixelUnshuffle", x.shape, 3);
    int at = x.shape.length - 3;
    if (r < 1 || x.shape[at + 1] % r != 0 || x.shape[at + 2] % r != 0) {
      throw new ShapeException(
          "pixelUnshuffle: height and width are not multiples of the downscale factor: %s (%d)"
              .formatted(Shapes.format(x.shape), r));
    }
    long c = x.shape[at];
    long h = x.shape[at + 1] / r;
    long w = x.shape[at + 2] / r;
    long n = product(x.shape, at);
    Tensor pixels = x.reshape(n, c, h, r, w, r).permute(0, 1, 3, 5, 2, 4);
    return pixels.reshape(shape(x, at, c * r * r, h, w));
  }

  static Tensor channelShuffle(Tensor x, long groups) {
    Shapes.requireRank("channelShuffle", x.shape, 3);
    long c = x.shape[1];
    if (groups < 1 || c % groups != 0) {
      throw new ShapeException(
          "channelShuffle: %d channels cannot be cut in %d groups: %s"
              .formatted(c, groups, Shapes.format(x.shape)));
    }
    long inner = product(x.shape, x.shape.length) / Math.max(1, x.shape[0] * c);
    Tensor parts = x.reshape(x.shape[0], groups, c / groups, inner);
    return parts.transpose(1, 2).reshape(x.shape);
  }

  private static long product(long[] shape, int to) {
    long n = 1;
    for (int i = 0; i < to; i++) {
      n *= shape[i];
    }
    return n;
  }

  private static long[] shape(Tensor x, int at, long c, long h, long w) {
    long[] shape = x.shape.clone();
    shape[at] = c;
    shape[at + 1] = h;
    shape[at + 2] = w;
    return shape;
  }
}
