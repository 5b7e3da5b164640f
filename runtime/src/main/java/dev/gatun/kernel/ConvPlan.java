package dev.gatun.kernel;

import org.jspecify.annotations.Nullable;

/// How [F32ConvDirect] and [F64ConvDirect] compute a convolution without a matrix of patches: some
/// lines of the output at once, from copies of the input lines they need, with the zeros around
/// them.
///
/// Where the stride is not 1, lines and columns are dealt out to one copy for each remainder, so
/// that neighbors in the output have neighbors in every copy. Each tap is then a fixed distance
/// away, and a vector of neighboring outputs is a sum of vectors at those distances. Vectors run on
/// from line to line, through what stands between the lines, unless that wastes more.
final class ConvPlan {
  /// Bytes of the copies, for the second-level cache.
  private static final long BYTES = 384 << 10;

  /// Elements of all weights up to which a copy of them in another order is made.
  private static final double WEIGHTS = 1 << 22;

  /// Share of the lanes that must be of use.
  private static final double USEFUL = 0.6;

  /// Multiplications of one task that are worth to prepare for.
  private static final int PIXELS = 16;

  final ConvGeometry s;
  final int bytes;
  final int lanes;

  /// Output lines and columns of one task, and the tasks of an output plane.
  final int lines;

  final int width;
  final int bands;
  final int chunks;

  /// Size of one copy of lines.
  final int copyH;

  final int copyW;

  /// Where each tap of each channel is, in bytes.
  final int[] offsets;

  /// Where each vector begins: its column, what it is counted from the first line's begin, in
  /// bytes, and the pixel.
  final int[] column;

  final int[] place;
  final int[] pixel;

  /// Whether vectors run on from line to line.
  private final boolean flat;

  private ConvPlan(ConvGeometry s, int bytes, int lanes) {
    this.s = s;
    this.bytes = bytes;
    this.lanes = lanes;
    int moreH = (s.kernelH - 1) * s.dilationH / s.strideH;
    int moreW = (s.kernelW - 1) * s.dilationW / s.strideW;
    long deep = (long) s.channels * s.kernelD * copies() * bytes;
    long fit = BYTES / Math.max(1, deep * (s.outW + moreW)) - moreH;
    int most = Math.clamp(fit, 1, s.outH);
    bands = Math.ceilDiv(s.outH, most);
    lines = Math.ceilDiv(s.outH, bands);
    long across = BYTES / Math.max(1, deep * (1 + moreH)) - moreW;
    int step = 6 * lanes;
    boolean cut = lines == 1 && fit < 1 && s.outW > Math.max(step, across);
    width = cut ? (int) Math.max(step, across / step * step) : s.outW;
    chunks = Math.ceilDiv(s.outW, width);
    copyH = lines + moreH;
    copyW = width + moreW;
    offsets = size() < Integer.MAX_VALUE / 2 ? offsets() : new int[0];
    int perLine = Math.ceilDiv(width, lanes);
    int through = Math.ceilDiv((lines - 1) * copyW + width, lanes);
    flat = through < perLine * lines;
    int count = flat ? through : perLine * lines;
    column = new int[count];
    place = new int[count];
    pixel = new int[count];
    for (int v = 0; v < count; v++) {
      int line = flat ? v * lanes / copyW : v / perLine;
      int q = flat ? v * lanes % copyW : v % perLine * lanes;
      column[v] = q;
      place[v] = (line * copyW + q) * bytes;
      pixel[v] = line * width + Math.min(q, width);
    }
  }

  /// The plan, or null where another way is faster.
  ///
  /// @param whole whether lanes run along lines, so that short ones waste them
  static @Nullable ConvPlan of(ConvGeometry s, int bytes, int lanes, boolean whole) {
    boolean small = s.pixels < PIXELS || s.depth == 0 || s.inputs == 0;
    if (small || (double) s.groups * s.filters * s.depth > WEIGHTS) {
      return null;
    }
    if ((double) s.strideH * s.strideW > 64 || Math.abs((long) s.padW) + s.padH > 1 << 20) {
      return null;
    }
    ConvPlan plan = new ConvPlan(s, bytes, lanes);
    double useful = (double) plan.lines * plan.width / ((double) plan.column.length * lanes);
    return (whole && useful < USEFUL) || plan.offsets.length == 0 ? null : plan;
  }

  /// How many copies of a plane there are.
  int copies() {
    return s.strideH * s.strideW;
  }

  /// Bytes of all copies.
  long size() {
    return (long) s.channels * s.kernelD * copies() * copyH * copyW * bytes;
  }

  /// How many vectors the first `height` lines and `wide` columns have.
  int vectors(int height, int wide) {
    return flat
        ? Math.ceilDiv((height - 1) * copyW + wide, lanes)
        : height == 1 ? Math.ceilDiv(wide, lanes) : column.length / lines * height;
  }

  private int[] offsets() {
    int[] all = new int[s.depth];
    int i = 0;
    for (int plane = 0; plane < s.channels * s.kernelD; plane++) {
      for (int h = 0; h < s.kernelH; h++) {
        for (int w = 0; w < s.kernelW; w++) {
          int y = h * s.dilationH;
          int x = w * s.dilationW;
          int copy = plane * copies() + y % s.strideH * s.strideW + x % s.strideW;
          int line = copy * copyH + y / s.strideH;
          all[i++] = (line * copyW + x / s.strideW) * bytes;
        }
      }
    }
    return all;
  }
}
