package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// `dW = Σ G Pᵀ` for each group, over the tiles of all images. The tiles are summed in a fixed
/// number of parts, which are then added in their order.
final class ConvWeightGradient {
  private static final int PATCHES = 0;
  private static final int INPUT = 1;
  private static final int OUTER = 2;
  private static final int SUMS = 3;

  /// Rows of a tile of patches, but for a kernel with more taps.
  private static final int ROWS = 1024;

  /// Most parts, the multiplications that each is worth, and the elements of all of them.
  private static final int PARTS = 8;

  private static final double WORTH = 8e6;
  private static final double ELEMENTS = 1 << 21;

  private final DType dtype;
  private final int bytes;
  private final ConvGeometry s;
  private final ElementRun x;
  private final ElementRun g;
  private final ElementRun dw;
  private final int block;
  private final int blocks;
  private final ConvTiling tiling;

  ConvWeightGradient(DType dtype, ConvGeometry s, ElementRun x, ElementRun g, ElementRun dw) {
    this.dtype = dtype;
    this.bytes = dtype.byteSize();
    this.s = s;
    this.x = x;
    this.g = g;
    this.dw = dw;
    block = s.isPointwise() ? s.channels : Math.clamp(ROWS / Math.max(1, s.taps), 1, s.channels);
    blocks = Math.ceilDiv(s.channels, block);
    tiling = ConvTiling.of(s, Math.multiplyExact(block, s.taps), bytes);
  }

  void run() {
    long n = (long) s.groups * s.filters * s.depth;
    if (s.images == 0 || s.pixels == 0) {
      dw.memory().asSlice(dw.at(0, bytes), n * bytes).fill((byte) 0);
      return;
    }
    int tiles = tiling.tiles();
    int parts =
        (int) Math.clamp(Math.min(s.work() / WORTH, ELEMENTS / n), 1, Math.min(tiles, PARTS));
    int each = Math.multiplyExact(s.groups, blocks);
    ConvScratch shared = ConvScratch.take();
    MemorySegment sums = parts == 1 ? dw.memory() : shared.part(SUMS, parts * n * bytes);
    long start = parts == 1 ? dw.offset() : 0;
    ConvLoop.run(
        s.work(),
        Math.multiplyExact(parts, each),
        task -> {
          int part = task / each;
          int group = task % each / blocks;
          int c0 = task % blocks * block;
          ConvScratch scratch = ConvScratch.take();
          int first = (int) ((long) tiles * part / parts);
          int last = (int) ((long) tiles * (part + 1) / parts);
          long to = start + part * n + s.weightAt(group) + (long) c0 * s.taps;
          for (int tile = first; tile < last; tile++) {
            add(tile, group, c0, tile == first ? 0 : 1, sums, to, scratch);
          }
          scratch.release();
        });
    if (parts > 1) {
      for (int part = 1; part < parts; part++) {
        ConvRuns.add(sums.address() + part * n * bytes, sums.address(), bytes, n, bytes);
      }
      MemorySegment.copy(sums, 0, dw.memory(), dw.at(0, bytes), n * bytes);
    }
    shared.release();
  }

  private void add(
      int tile, int group, int c0, double beta, MemorySegment sums, long to, ConvScratch scratch) {
    int channels = Math.min(block, s.channels - c0);
    int images = tiling.images(s, tile);
    long image = tiling.firstImage(tile);
    int p0 = tiling.firstPixel(tile);
    int p1 = tiling.lastPixel(s, tile);
    boolean several = tiling.perRun() > 1;
    int columns = images * (p1 - p0);
    MemorySegment outer = g.memory();
    long outerAt = g.offset() + s.outputAt(image, group) + p0;
    if (several) {
      outer = scratch.part(OUTER, (long) s.filters * columns * bytes);
      outerAt = 0;
      ConvSmall.gather(s, g, image, images, group, bytes, outer);
    }
    long ldOuter = several ? columns : s.pixels;
    if (s.isPointwise() && !several) {
      long from = x.offset() + s.inputAt(image, group) + (long) c0 * s.inputs + p0;
      multiply(
          channels, columns, outer, outerAt, ldOuter, x.memory(), from, s.inputs, beta, sums, to);
      return;
    }
    MemorySegment patches = scratch.part(PATCHES, (long) channels * s.taps * columns * bytes);
    for (int i = 0; i < images; i++) {
      long at = s.inputAt(image + i, group) + (long) c0 * s.inputs;
      long into = patches.address() + (long) i * s.pixels * bytes;
      long ld = (long) columns * bytes;
      ConvPatches.pack(s, x, at, channels, p0, p1, into, ld, bytes, scratch, INPUT);
    }
    multiply(channels, columns, outer, outerAt, ldOuter, patches, 0, columns, beta, sums, to);
  }

  private void multiply(
      int channels,
      int columns,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment b,
      long bOffset,
      long ldb,
      double beta,
      MemorySegment c,
      long cOffset) {
    Gemm.current()
        .gemm(
            dtype,
            false,
            true,
            s.filters,
            (long) channels * s.taps,
            columns,
            1,
            a,
            aOffset,
            lda,
            b,
            bOffset,
            ldb,
            beta,
            c,
            cOffset,
            s.depth);
  }
}
