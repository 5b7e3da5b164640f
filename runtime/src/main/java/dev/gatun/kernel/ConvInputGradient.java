package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// `P = Wᵀ G` for each group, whose elements are added to the inputs that the patches were read
/// from. A task has some channels of one group of images, so no two of them write to one place.
final class ConvInputGradient {
  private static final int PATCHES = 0;
  private static final int RESULT = 1;
  private static final int OUTER = 2;

  /// Rows of a tile of patches, but for a kernel with more taps.
  private static final int ROWS = 1024;

  private final DType dtype;
  private final int bytes;
  private final ConvGeometry s;
  private final ElementRun g;
  private final ElementRun w;
  private final @Nullable ElementRun bias;
  private final ElementRun dx;

  /// Channels of a task, and tasks of the channels of a group.
  private final int block;

  private final int blocks;

  ConvInputGradient(
      DType dtype,
      ConvGeometry s,
      ElementRun g,
      ElementRun w,
      @Nullable ElementRun bias,
      ElementRun dx) {
    this.dtype = dtype;
    this.bytes = dtype.byteSize();
    this.s = s;
    this.g = g;
    this.w = w;
    this.bias = bias;
    this.dx = dx;
    block = s.isPointwise() ? s.channels : Math.clamp(ROWS / Math.max(1, s.taps), 1, s.channels);
    blocks = Math.ceilDiv(s.channels, block);
  }

  void run() {
    ConvTiling tiling = ConvTiling.of(s, Math.multiplyExact(block, s.taps), bytes);
    int each = Math.multiplyExact(s.groups, blocks);
    ConvLoop.run(
        s.work(),
        Math.multiplyExact(tiling.runs(), each),
        task -> {
          int part = task % each;
          ConvScratch scratch = ConvScratch.take();
          run(tiling, task / each, part / blocks, part % blocks * block, scratch);
          scratch.release();
        });
  }

  /// Some channels of a group of images.
  private void run(ConvTiling tiling, int run, int group, int c0, ConvScratch scratch) {
    int channels = Math.min(block, s.channels - c0);
    int tile = run * tiling.parts();
    long image = tiling.firstImage(tile);
    if (tiling.perRun() > 1) {
      several(image, tiling.images(s, tile), group, c0, channels, scratch);
    } else if (s.isPointwise()) {
      long from = g.offset() + s.outputAt(image, group);
      long to = s.inputAt(image, group) + (long) c0 * s.inputs;
      start(group, c0, channels, dx.memory(), dx.at(to, bytes));
      multiply(
          group,
          c0,
          channels,
          s.pixels,
          g.memory(),
          from,
          s.pixels,
          1,
          dx.memory(),
          dx.offset() + to,
          s.inputs);
    } else {
      one(tiling, tile, image, group, c0, channels, scratch);
    }
  }

  private void one(
      ConvTiling tiling,
      int first,
      long image,
      int group,
      int c0,
      int channels,
      ConvScratch scratch) {
    ConvPlain planes = started(image, group, c0, channels, scratch);
    int rows = channels * s.taps;
    MemorySegment patches = scratch.part(PATCHES, (long) rows * tiling.columns() * bytes);
    for (int tile = first; tile < first + tiling.parts(); tile++) {
      int p0 = tiling.firstPixel(tile);
      int p1 = tiling.lastPixel(s, tile);
      int columns = p1 - p0;
      long from = g.offset() + s.outputAt(image, group) + p0;
      multiply(group, c0, channels, columns, g.memory(), from, s.pixels, 0, patches, 0, columns);
      ConvPatches.addBack(
          s, planes.address(), channels, p0, p1, patches.address(), (long) columns * bytes, bytes);
    }
    planes.store();
  }

  /// Small images side by side.
  private void several(
      long first, int images, int group, int c0, int channels, ConvScratch scratch) {
    int columns = images * s.pixels;
    MemorySegment outer = scratch.part(OUTER, (long) s.filters * columns * bytes);
    ConvSmall.gather(s, g, first, images, group, bytes, outer);
    int rows = channels * s.taps;
    MemorySegment patches = scratch.part(PATCHES, (long) rows * columns * bytes);
    multiply(group, c0, channels, columns, outer, 0, columns, 0, patches, 0, columns);
    for (int i = 0; i < images; i++) {
      ConvPlain planes = started(first + i, group, c0, channels, scratch);
      long from = patches.address() + (long) i * s.pixels * bytes;
      ConvPatches.addBack(
          s, planes.address(), channels, 0, s.pixels, from, (long) columns * bytes, bytes);
      planes.store();
    }
  }

  private ConvPlain started(long image, int group, int c0, int channels, ConvScratch scratch) {
    long at = s.inputAt(image, group) + (long) c0 * s.inputs;
    long n = (long) channels * s.inputs;
    ConvPlain planes = ConvPlain.of(dx, at, n, bytes, scratch, RESULT);
    start(group, c0, channels, Memory.ALL, planes.address());
    return planes;
  }

  /// Writes what the products are added to.
  private void start(int group, int c0, int channels, MemorySegment c, long at) {
    long plane = (long) s.inputs * bytes;
    for (int i = 0; i < channels; i++) {
      if (bias == null) {
        CopyKernels.fill(dtype, c, at + i * plane, bytes, s.inputs, 0);
      } else {
        long from = bias.at((long) group * s.channels + c0 + i, bytes);
        CopyKernels.copy(dtype).apply(bias.memory(), from, 0, c, at + i * plane, bytes, s.inputs);
      }
    }
  }

  private void multiply(
      int group,
      int c0,
      int channels,
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
            true,
            false,
            (long) channels * s.taps,
            columns,
            s.filters,
            1,
            w.memory(),
            w.offset() + s.weightAt(group) + (long) c0 * s.taps,
            Math.max(1, s.depth),
            b,
            bOffset,
            Math.max(1, ldb),
            beta,
            c,
            cOffset,
            Math.max(1, ldc));
  }
}
