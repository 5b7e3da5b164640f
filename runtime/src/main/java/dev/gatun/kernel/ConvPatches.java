package dev.gatun.kernel;

/// Parts of the matrix of patches: a row for each channel and tap, a column for each output pixel.
/// The product with it is the convolution; the whole of it is never there.
final class ConvPatches {
  private ConvPatches() {}

  /// Writes the rows of `channels` channels for the pixels from `p0` to `p1`.
  ///
  /// @param x address of the first of these input planes
  /// @param tile address of the result
  /// @param ld distance of its rows, in bytes
  /// @param bytes of an element
  static void pack(
      ConvGeometry s, long x, int channels, int p0, int p1, long tile, long ld, int bytes) {
    walk(s, x, channels, p0, p1, tile, ld, bytes, false);
  }

  /// As [#pack], of the planes of a tensor, of which no more is copied than is read.
  ///
  /// @param from element of `x` where the planes begin
  /// @param part of the scratch, for a copy of them
  static void pack(
      ConvGeometry s,
      ElementRun x,
      long from,
      int channels,
      int p0,
      int p1,
      long tile,
      long ld,
      int bytes,
      ConvScratch scratch,
      int part) {
    long n = (long) channels * s.inputs;
    ConvPlain planes = ConvPlain.of(x, from, n, bytes, scratch, part);
    long line = (long) s.inW * bytes;
    planes.load(channels, (long) s.inputs * bytes, line * firstLine(s, p0), line * lastLine(s, p1));
    pack(s, planes.address(), channels, p0, p1, tile, ld, bytes);
  }

  /// The first line of the input, counted through its depth, that pixels from `p0` on read.
  static long firstLine(ConvGeometry s, int p0) {
    int line = p0 / s.outW;
    if (s.inD > 1) {
      return (long) Math.clamp(line / s.outH * s.strideD - s.padD, 0, s.inD) * s.inH;
    }
    return s.outD > 1 ? 0 : Math.clamp(line * s.strideH - s.padH, 0, s.inH);
  }

  /// The line after the last one that pixels before `p1` read.
  static long lastLine(ConvGeometry s, int p1) {
    int line = (p1 - 1) / s.outW;
    if (s.inD > 1) {
      int reach = (s.kernelD - 1) * s.dilationD + 1;
      return (long) Math.clamp(line / s.outH * s.strideD - s.padD + reach, 0, s.inD) * s.inH;
    }
    int reach = (s.kernelH - 1) * s.dilationH + 1;
    return s.outD > 1
        ? (long) s.inD * s.inH
        : Math.clamp(line * s.strideH - s.padH + reach, 0, s.inH);
  }

  /// Adds each element of a tile to the input element that [#pack] reads for it.
  static void addBack(
      ConvGeometry s, long x, int channels, int p0, int p1, long tile, long ld, int bytes) {
    walk(s, x, channels, p0, p1, tile, ld, bytes, true);
  }

  private static void walk(
      ConvGeometry s,
      long x,
      int channels,
      int p0,
      int p1,
      long tile,
      long ld,
      int bytes,
      boolean back) {
    long plane = x;
    long row = tile;
    for (int c = 0; c < channels; c++) {
      for (int d = 0; d < s.kernelD; d++) {
        int z = d * s.dilationD - s.padD;
        for (int h = 0; h < s.kernelH; h++) {
          int y = h * s.dilationH - s.padH;
          for (int w = 0; w < s.kernelW; w++) {
            row(s, plane, z, y, w * s.dilationW - s.padW, p0, p1, row, bytes, back);
            row += ld;
          }
        }
      }
      plane += (long) s.inputs * bytes;
    }
  }

  /// One row: the input, moved by `(z, y, x)`, at every stride.
  private static void row(
      ConvGeometry s,
      long plane,
      int z,
      int y,
      int x,
      int p0,
      int p1,
      long tile,
      int bytes,
      boolean back) {
    int first = x >= 0 ? 0 : Math.ceilDiv(-x, s.strideW);
    int end = x >= s.inW ? 0 : Math.ceilDiv(s.inW - x, s.strideW);
    int line = p0 / s.outW;
    int q = p0 - line * s.outW;
    int d = line / s.outH;
    int h = line - d * s.outH;
    long to = tile;
    for (int p = p0; p < p1; ) {
      int stop = Math.min(s.outW, q + p1 - p);
      int iz = d * s.strideD + z;
      int iy = h * s.strideH + y;
      boolean inside = iz >= 0 && iz < s.inD && iy >= 0 && iy < s.inH;
      int a = inside ? Math.clamp(first, q, stop) : stop;
      int b = Math.clamp(end, a, stop);
      long from = plane + (((long) iz * s.inH + iy) * s.inW + (long) a * s.strideW + x) * bytes;
      run(from, (long) s.strideW * bytes, to, q, a, b, stop, bytes, back);
      to += (long) (stop - q) * bytes;
      p += stop - q;
      q = 0;
      if (++h == s.outH) {
        h = 0;
        d++;
      }
    }
  }

  /// The columns `q` to `stop` of a line, of which those from `a` to `b` lie in the input.
  private static void run(
      long from, long stride, long to, int q, int a, int b, int stop, int bytes, boolean back) {
    long at = to + (long) (a - q) * bytes;
    if (back) {
      if (a < b) {
        ConvRuns.add(at, from, stride, b - a, bytes);
      }
      return;
    }
    if (q < a) {
      ConvRuns.zero(to, a - q, bytes);
    }
    if (a < b) {
      ConvRuns.copy(from, stride, at, b - a, bytes);
    }
    if (b < stop) {
      ConvRuns.zero(to + (long) (b - q) * bytes, stop - b, bytes);
    }
  }
}
