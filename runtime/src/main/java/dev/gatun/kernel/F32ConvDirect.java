package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Convolution by tiles in registers over the copies of a [ConvPlan]: each vector of inputs meets
/// several output channels and nothing but a line's surroundings is ever copied.
final class F32ConvDirect {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int LANES = SPECIES.length();

  /// Output channels of a tile: 24 accumulators need 32 registers.
  private static final int ROWS = SPECIES.vectorBitSize() >= 512 ? 8 : 4;

  /// Vectors of a tile.
  private static final int WIDE = 3;

  private static final int BYTES = Float.BYTES;
  private static final int COPIES = 0;
  private static final int INPUT = 1;
  private static final int RESULT = 2;
  private static final int TILE = 3;

  private final ConvPlan plan;
  private final ConvGeometry s;
  private final ElementRun x;
  private final ElementRun y;
  private final int rows;
  private final int panels;
  private final float[] weights;

  private F32ConvDirect(ConvPlan plan, ElementRun x, ElementRun y, Scratch scratch) {
    this.plan = plan;
    this.s = plan.s;
    this.x = x;
    this.y = y;
    rows = s.filters == 1 ? 1 : s.filters <= 4 ? 4 : ROWS;
    panels = Math.ceilDiv(s.filters, rows);
    weights = scratch.ensureFloatsA(s.groups * panels * panel());
  }

  /// Whether it is done.
  static boolean run(
      ConvGeometry s, ElementRun x, ElementRun w, @Nullable ElementRun bias, ElementRun y) {
    ConvPlan plan = ConvPlan.of(s, BYTES, LANES, true);
    if (plan == null) {
      return false;
    }
    Scratch scratch = Scratch.take();
    F32ConvDirect direct = new F32ConvDirect(plan, x, y, scratch);
    direct.pack(w, bias, scratch);
    long tasks = s.images * s.groups * s.outD * plan.bands * plan.chunks;
    ConvLoop.run(s.work(), Math.toIntExact(tasks), direct::task);
    scratch.release();
    return true;
  }

  /// Elements of the weights of one tile: a bias and a weight for each tap, channel by channel.
  private int panel() {
    return (s.depth + 1) * rows;
  }

  private void pack(ElementRun w, @Nullable ElementRun bias, Scratch scratch) {
    float[] row = scratch.ensureFloatsB(s.depth);
    float[] one = new float[1];
    for (int g = 0; g < s.groups; g++) {
      for (int f = 0; f < panels * rows; f++) {
        int to = (g * panels + f / rows) * panel() + f % rows;
        boolean there = f < s.filters;
        if (there) {
          w.read(s.weightAt(g) + (long) f * s.depth, row, s.depth);
        }
        if (there && bias != null) {
          bias.read((long) g * s.filters + f, one, 1);
        }
        weights[to] = there ? one[0] : 0;
        for (int p = 0; p < s.depth; p++) {
          weights[to + (p + 1) * rows] = there ? row[p] : 0;
        }
      }
    }
  }

  private void task(int task) {
    int chunk = task % plan.chunks;
    int rest = task / plan.chunks;
    int band = rest % plan.bands;
    rest /= plan.bands;
    int d = rest % s.outD;
    rest /= s.outD;
    int group = rest % s.groups;
    long image = rest / s.groups;
    int h0 = band * plan.lines;
    int w0 = chunk * plan.width;
    int height = Math.min(plan.lines, s.outH - h0);
    int width = Math.min(plan.width, s.outW - w0);
    if (height <= 0) {
      return;
    }
    ConvScratch scratch = ConvScratch.take();
    ConvPlain planes =
        ConvPlain.of(
            x, s.inputAt(image, group), (long) s.channels * s.inputs, BYTES, scratch, INPUT);
    long line = (long) s.inW * BYTES;
    int h1 = h0 + height;
    planes.load(
        s.channels,
        (long) s.inputs * BYTES,
        line * ConvPatches.firstLine(s, (d * s.outH + h0) * s.outW),
        line * ConvPatches.lastLine(s, (d * s.outH + h1) * s.outW));
    MemorySegment copies = scratch.part(COPIES, plan.size());
    ConvLines.fill(plan, planes.address(), d, h0, w0, copies.address());
    long from = s.outputAt(image, group) + ((long) d * s.outH + h0) * s.outW + w0;
    result(group, copies.address(), from, height, width, scratch);
    scratch.release();
  }

  /// Computes where the result belongs, or aside where another thread may close that memory.
  private void result(
      int group, long copies, long from, int height, int width, ConvScratch scratch) {
    MemorySegment to = y.memory();
    long at = y.at(from, BYTES);
    if (Memory.isPlain(to)) {
      long bytes = ((s.filters - 1L) * s.pixels + (height - 1L) * s.outW + width) * BYTES;
      long address = Memory.address(to, at, bytes);
      band(group, copies, address, (long) s.pixels * BYTES, height, width, scratch);
      return;
    }
    int n = height * width;
    long run = (long) n * BYTES;
    MemorySegment aside = scratch.part(RESULT, s.filters * run);
    band(group, copies, aside.address(), run, height, width, scratch);
    for (int f = 0; f < s.filters; f++) {
      MemorySegment.copy(aside, f * run, to, at + (long) f * s.pixels * BYTES, run);
    }
  }

  /// All output channels of some lines, or of a part of one.
  private void band(
      int group, long copies, long to, long step, int height, int width, ConvScratch scratch) {
    int count = plan.vectors(height, width);
    long tile = scratch.part(TILE, (long) ROWS * WIDE * LANES * BYTES).address();
    for (int panel = 0; panel < panels; panel++) {
      int at = (group * panels + panel) * panel();
      int filters = Math.min(rows, s.filters - panel * rows);
      long first = to + (long) panel * rows * step;
      for (int v = 0; v < count; v += WIDE) {
        int n = Math.min(WIDE, count - v);
        tile(at, filters, v, n, copies, first, step, height, width, tile);
      }
    }
  }

  /// One tile; vectors that do not lie in one line of the result go through memory aside.
  private void tile(
      int at,
      int filters,
      int v,
      int n,
      long copies,
      long to,
      long step,
      int height,
      int width,
      long tile) {
    long vector = (long) LANES * BYTES;
    boolean all = filters == rows;
    boolean d0 = all && plan.column[v] + LANES <= width;
    long y0 = d0 ? to + (long) plan.pixel[v] * BYTES : tile;
    long s0 = d0 ? step : WIDE * vector;
    long x0 = copies + plan.place[v];
    if (n == 1) {
      compute(at, x0, y0, s0);
    } else {
      boolean d1 = all && plan.column[v + 1] + LANES <= width;
      long y1 = d1 ? to + (long) plan.pixel[v + 1] * BYTES : tile + vector;
      long s1 = d1 ? step : WIDE * vector;
      long x1 = copies + plan.place[v + 1];
      if (n == 2) {
        compute(at, x0, x1, y0, s0, y1, s1);
      } else {
        boolean d2 = all && plan.column[v + 2] + LANES <= width;
        long y2 = d2 ? to + (long) plan.pixel[v + 2] * BYTES : tile + 2 * vector;
        long s2 = d2 ? step : WIDE * vector;
        compute(at, x0, x1, copies + plan.place[v + 2], y0, s0, y1, s1, y2, s2);
        if (!d2) {
          part(v + 2, filters, tile + 2 * vector, to, step, height, width);
        }
      }
      if (!d1) {
        part(v + 1, filters, tile + vector, to, step, height, width);
      }
    }
    if (!d0) {
      part(v, filters, tile, to, step, height, width);
    }
  }

  private void compute(int at, long x0, long y0, long s0) {
    int[] o = plan.offsets;
    switch (rows) {
      case 1 -> F32ConvTile4.oneBy1(s.depth, weights, at, 1, o, x0, y0, s0);
      case 4 -> F32ConvTile4.fourBy1(s.depth, weights, at, 4, o, x0, y0, s0);
      default -> F32ConvTile8.eightBy1(s.depth, weights, at, 8, o, x0, y0, s0);
    }
  }

  private void compute(int at, long x0, long x1, long y0, long s0, long y1, long s1) {
    int[] o = plan.offsets;
    switch (rows) {
      case 1 -> F32ConvTile4.oneBy2(s.depth, weights, at, 1, o, x0, x1, y0, s0, y1, s1);
      case 4 -> F32ConvTile4.fourBy2(s.depth, weights, at, 4, o, x0, x1, y0, s0, y1, s1);
      default -> F32ConvTile8.eightBy2(s.depth, weights, at, 8, o, x0, x1, y0, s0, y1, s1);
    }
  }

  private void compute(
      int at, long x0, long x1, long x2, long y0, long s0, long y1, long s1, long y2, long s2) {
    int[] o = plan.offsets;
    float[] w = weights;
    int k = s.depth;
    switch (rows) {
      case 1 -> F32ConvTile4.oneBy3(k, w, at, 1, o, x0, x1, x2, y0, s0, y1, s1, y2, s2);
      case 4 -> F32ConvTile4.fourBy3(k, w, at, 4, o, x0, x1, x2, y0, s0, y1, s1, y2, s2);
      default -> F32ConvTile8.eightBy3(k, w, at, 8, o, x0, x1, x2, y0, s0, y1, s1, y2, s2);
    }
  }

  /// Brings the lanes of a vector that are part of the result to their lines.
  private void part(int v, int filters, long tile, long to, long step, int height, int width) {
    int lane = 0;
    int q = plan.column[v];
    int pixel = plan.pixel[v];
    int end = height * width;
    while (lane < LANES && pixel < end) {
      int n = Math.min(Math.min(width - q, LANES - lane), end - pixel);
      if (n > 0) {
        long from = tile + (long) lane * BYTES;
        copy(from, to + (long) pixel * BYTES, step, filters, n);
        lane += n;
        pixel += n;
        q += n;
      }
      if (q >= width) {
        lane += plan.copyW - q;
        q = 0;
      }
    }
  }

  private static void copy(long from, long to, long step, int rows, int n) {
    long tileStep = (long) WIDE * LANES * BYTES;
    if (!VectorConvRuns.MASKS) {
      for (int i = 0; i < rows; i++) {
        ConvRuns.copy(from + i * tileStep, BYTES, to + i * step, n, BYTES);
      }
      return;
    }
    var mask = VectorF32Exp.first(n);
    for (int i = 0; i < rows; i++) {
      FloatVector.fromMemorySegment(SPECIES, ALL, from + i * tileStep, ORDER)
          .intoMemorySegment(ALL, to + i * step, ORDER, mask);
    }
  }
}
