package dev.gatun.kernel;

import static dev.gatun.kernel.F32Tile.LANES;
import static dev.gatun.kernel.F32Tile.NR;

import java.util.Arrays;

/// The gradient of a convolution's weight without a matrix of patches: the gradients of each pixel,
/// channel after channel, meet what its taps read in the copies of a [ConvPlan]. The images are
/// summed in a fixed number of parts, which are then added in their order.
final class F32ConvWeights {
  private static final int BYTES = Float.BYTES;
  private static final int COPIES = 0;
  private static final int INPUT = 1;

  /// Taps of a tile.
  private static final int ROWS = 8;

  /// Output channels that are worth vectors of them.
  private static final int FEWEST = 4;

  /// Most parts, the multiplications that each is worth, and the elements of all of them.
  private static final int PARTS = 8;

  private static final double WORTH = 4e6;
  private static final double ELEMENTS = 1 << 22;

  /// Whether two vectors of sums for each tap fit in registers.
  private static final boolean LARGE = F32Tile.SPECIES.vectorBitSize() >= 512;

  private final ConvPlan plan;
  private final ConvGeometry s;
  private final ElementRun x;
  private final ElementRun g;
  private final int[] offsets;
  private final int panels;

  private F32ConvWeights(ConvPlan plan, ElementRun x, ElementRun g) {
    this.plan = plan;
    this.s = plan.s;
    this.x = x;
    this.g = g;
    // The sums of taps that there are not are never read.
    offsets = Arrays.copyOf(plan.offsets, Math.ceilDiv(s.depth, ROWS) * ROWS);
    panels = Math.ceilDiv(s.filters, NR);
  }

  /// Whether it is done.
  static boolean run(ConvGeometry s, ElementRun x, ElementRun g, ElementRun dw) {
    if (s.filters < FEWEST || s.images == 0) {
      return false;
    }
    ConvPlan plan = ConvPlan.of(s, BYTES, LANES, false);
    if (plan == null) {
      return false;
    }
    F32ConvWeights work = new F32ConvWeights(plan, x, g);
    double all = (double) s.groups * work.size();
    int parts = (int) Math.clamp(Math.min(s.work() / WORTH, ELEMENTS / all), 1, PARTS);
    parts = (int) Math.min(parts, s.images);
    if (all > ELEMENTS) {
      return false;
    }
    work.run(parts, dw);
    return true;
  }

  /// Elements of the sums of one group.
  private int size() {
    return panels * offsets.length * NR;
  }

  private void run(int parts, ElementRun dw) {
    Scratch scratch = Scratch.take();
    int each = s.groups * size();
    float[] sums = scratch.ensureFloatsC(parts * each);
    Arrays.fill(sums, 0, parts * each, 0);
    ConvLoop.run(
        s.work(),
        parts * s.groups,
        task -> {
          int part = task / s.groups;
          int group = task % s.groups;
          for (long n = s.images * part / parts; n < s.images * (part + 1) / parts; n++) {
            image(n, group, sums, task * size());
          }
        });
    for (int part = 1; part < parts; part++) {
      for (int i = 0; i < each; i++) {
        sums[i] += sums[part * each + i];
      }
    }
    float[] row = scratch.ensureFloatsD(s.depth);
    for (int f = 0; f < s.groups * s.filters; f++) {
      int filter = f % s.filters;
      int from = f / s.filters * size() + filter / NR * offsets.length * NR + filter % NR;
      for (int p = 0; p < s.depth; p++) {
        row[p] = sums[from + p * NR];
      }
      dw.write(row, (long) f * s.depth, s.depth);
    }
    scratch.release();
  }

  private void image(long image, int group, float[] sums, int to) {
    ConvScratch scratch = ConvScratch.take();
    Scratch arrays = Scratch.take();
    long planes = s.inputAt(image, group);
    ConvPlain input = ConvPlain.of(x, planes, (long) s.channels * s.inputs, BYTES, scratch, INPUT);
    input.load();
    long copies = scratch.part(COPIES, plan.size()).address();
    for (int d = 0; d < s.outD; d++) {
      for (int h0 = 0; h0 < s.outH; h0 += plan.lines) {
        int height = Math.min(plan.lines, s.outH - h0);
        for (int w0 = 0; w0 < s.outW; w0 += plan.width) {
          int width = Math.min(plan.width, s.outW - w0);
          ConvLines.fill(plan, input.address(), d, h0, w0, copies);
          long from = s.outputAt(image, group) + ((long) d * s.outH + h0) * s.outW + w0;
          band(copies, from, height, width, sums, to, arrays);
        }
      }
    }
    arrays.release();
    scratch.release();
  }

  private void band(
      long copies, long from, int height, int width, float[] sums, int to, Scratch arrays) {
    int n = height * width;
    float[] outer = arrays.ensureFloatsB(panels * n * NR);
    F32Pack.panelsTransposed(
        g.memory(), g.at(from, BYTES), s.pixels, n, s.filters, outer, 0, arrays.floatWork);
    long step = (long) (plan.copyW - width) * BYTES;
    for (int panel = 0; panel < panels; panel++) {
      int q = panel * n * NR;
      boolean two = s.filters - panel * NR > LANES;
      for (int k = 0; k < offsets.length; k += ROWS) {
        int at = to + (panel * offsets.length + k) * NR;
        if (two && LARGE) {
          F32ConvSums.eightBy2(height, width, copies, step, offsets, k, outer, q, sums, at);
          continue;
        }
        F32ConvSums.eightBy1(height, width, copies, step, offsets, k, outer, q, sums, at);
        if (two) {
          int half = at + LANES;
          F32ConvSums.eightBy1(
              height, width, copies, step, offsets, k, outer, q + LANES, sums, half);
        }
      }
    }
  }
}
