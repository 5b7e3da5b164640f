package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// `Y = W P + b` for each group: weights `[filters, depth]` by patches `[depth, pixels]` are output
/// planes, one after the other, as `y` has them.
final class ConvForward {
  private static final int PATCHES = 0;
  private static final int INPUT = 1;
  private static final int RESULT = 2;

  private final DType dtype;
  private final int bytes;
  private final ConvGeometry s;
  private final ElementRun x;
  private final ElementRun w;
  private final @Nullable ElementRun bias;
  private final ElementRun y;

  ConvForward(
      DType dtype,
      ConvGeometry s,
      ElementRun x,
      ElementRun w,
      @Nullable ElementRun bias,
      ElementRun y) {
    this.dtype = dtype;
    this.bytes = dtype.byteSize();
    this.s = s;
    this.x = x;
    this.w = w;
    this.bias = bias;
    this.y = y;
  }

  void run() {
    ConvTiling tiling = ConvTiling.of(s, s.depth, bytes);
    int tasks = Math.multiplyExact(tiling.tiles(), s.groups);
    ConvLoop.run(s.work(), tasks, task -> tile(tiling, task / s.groups, task % s.groups));
  }

  private void tile(ConvTiling tiling, int tile, int group) {
    ConvScratch scratch = ConvScratch.take();
    long image = tiling.firstImage(tile);
    if (tiling.perRun() == 1) {
      one(image, group, tiling.firstPixel(tile), tiling.lastPixel(s, tile), scratch);
    } else {
      several(image, tiling.images(s, tile), group, scratch);
    }
    scratch.release();
  }

  private void one(long image, int group, int p0, int p1, ConvScratch scratch) {
    int columns = p1 - p0;
    long to = y.offset() + s.outputAt(image, group) + p0;
    double beta = start(group, y.memory(), to, s.pixels, columns);
    if (s.isPointwise()) {
      long from = x.offset() + s.inputAt(image, group) + p0;
      multiply(group, columns, x.memory(), from, s.inputs, beta, y.memory(), to, s.pixels);
      return;
    }
    MemorySegment patches = scratch.part(PATCHES, (long) s.depth * columns * bytes);
    pack(image, group, p0, p1, patches.address(), columns, scratch);
    multiply(group, columns, patches, 0, columns, beta, y.memory(), to, s.pixels);
  }

  /// Small images side by side, in one product whose result is then brought to where it belongs.
  private void several(long first, int images, int group, ConvScratch scratch) {
    int columns = images * s.pixels;
    MemorySegment patches = scratch.part(PATCHES, (long) s.depth * columns * bytes);
    for (int i = 0; i < images; i++) {
      long to = patches.address() + (long) i * s.pixels * bytes;
      pack(first + i, group, 0, s.pixels, to, columns, scratch);
    }
    MemorySegment result = scratch.part(RESULT, (long) s.filters * columns * bytes);
    double beta = start(group, result, 0, columns, columns);
    multiply(group, columns, patches, 0, columns, beta, result, 0, columns);
    long run = (long) s.pixels * bytes;
    for (int i = 0; i < images; i++) {
      long to = y.at(s.outputAt(first + i, group), bytes);
      for (int f = 0; f < s.filters; f++) {
        long from = ((long) f * columns + (long) i * s.pixels) * bytes;
        MemorySegment.copy(result, from, y.memory(), to + f * run, run);
      }
    }
  }

  private void pack(
      long image, int group, int p0, int p1, long to, int columns, ConvScratch scratch) {
    long from = s.inputAt(image, group);
    long ld = (long) columns * bytes;
    ConvPatches.pack(s, x, from, s.channels, p0, p1, to, ld, bytes, scratch, INPUT);
  }

  /// Writes the bias to where the product is added, so that it costs no pass of its own.
  ///
  /// @return the factor of what is there
  private double start(int group, MemorySegment c, long at, long ld, int columns) {
    if (bias == null) {
      return 0;
    }
    UnaryRow row = CopyKernels.copy(dtype);
    for (int f = 0; f < s.filters; f++) {
      long from = bias.at((long) group * s.filters + f, bytes);
      row.apply(bias.memory(), from, 0, c, (at + f * ld) * bytes, bytes, columns);
    }
    return 1;
  }

  private void multiply(
      int group,
      int columns,
      MemorySegment b,
      long bOffset,
      long ldb,
      double beta,
      MemorySegment c,
      long cOffset,
      long ldc) {
    Gemm.current()
        .gemm(
            dtype,
            false,
            false,
            s.filters,
            columns,
            s.depth,
            1,
            w.memory(),
            w.offset() + s.weightAt(group),
            Math.max(1, s.depth),
            b,
            bOffset,
            ldb,
            beta,
            c,
            cOffset,
            ldc);
  }
}
