package dev.gatun.kernel;

/// Makes the copies of input lines that a [ConvPlan] asks for.
final class ConvLines {
  private ConvLines() {}

  /// Writes all copies for output lines from `h0` on and columns from `w0` on, at depth `d`.
  ///
  /// @param planes address of the first input plane of the group
  /// @param to address of the copies
  static void fill(ConvPlan plan, long planes, int d, int h0, int w0, long to) {
    ConvGeometry s = plan.s;
    long at = to;
    long copy = (long) plan.copyH * plan.copyW * plan.bytes;
    for (int c = 0; c < s.channels; c++) {
      long channel = planes + (long) c * s.inputs * plan.bytes;
      for (int k = 0; k < s.kernelD; k++) {
        int z = d * s.strideD + k * s.dilationD - s.padD;
        boolean inside = z >= 0 && z < s.inD;
        long plane = channel + (long) z * s.inH * s.inW * plan.bytes;
        for (int i = 0; i < plan.copies(); i++) {
          int y = h0 * s.strideH + i / s.strideW - s.padH;
          int x = w0 * s.strideW + i % s.strideW - s.padW;
          lines(plan, plane, inside, y, x, at);
          at += copy;
        }
      }
    }
  }

  /// One copy, whose first element is the input's at line `y` and column `x`.
  private static void lines(ConvPlan plan, long plane, boolean inside, int y, int x, long to) {
    ConvGeometry s = plan.s;
    int bytes = plan.bytes;
    int left = x >= 0 ? 0 : Math.min(plan.copyW, Math.ceilDiv(-x, s.strideW));
    int end = x >= s.inW ? 0 : Math.min(plan.copyW, Math.ceilDiv(s.inW - x, s.strideW));
    int n = Math.max(0, end - left);
    int first = !inside || n == 0 ? plan.copyH : y >= 0 ? 0 : Math.ceilDiv(-y, s.strideH);
    int last = !inside || n == 0 || y >= s.inH ? 0 : Math.ceilDiv(s.inH - y, s.strideH);
    int top = Math.min(first, plan.copyH);
    int bottom = Math.clamp(last, top, plan.copyH);
    long line = (long) plan.copyW * bytes;
    ConvRuns.zero(to, (long) top * plan.copyW, bytes);
    if (top < bottom) {
      long from = plane + (((long) y + (long) top * s.strideH) * s.inW + x) * bytes;
      long step = (long) s.strideH * s.inW * bytes;
      long run = (long) s.strideW * bytes;
      long at = from + left * run;
      some(at, step, run, to + top * line, bottom - top, left, n, plan.copyW, bytes);
    }
    ConvRuns.zero(to + bottom * line, (long) (plan.copyH - bottom) * plan.copyW, bytes);
  }

  /// Lines with `left` zeros, then `n` elements at a distance of `run`, then zeros.
  private static void some(
      long from, long step, long run, long to, int lines, int left, int n, int width, int bytes) {
    if (run == bytes && VectorConvRuns.MASKS) {
      int words = bytes / 4;
      VectorConvRuns.lines(from, step, to, lines, left * words, n * words, width * words);
      return;
    }
    for (int i = 0; i < lines; i++) {
      long line = to + (long) i * width * bytes;
      ConvRuns.zero(line, left, bytes);
      ConvRuns.copy(from + i * step, run, line + (long) left * bytes, n, bytes);
      ConvRuns.zero(line + (long) (left + n) * bytes, width - left - n, bytes);
    }
  }
}
