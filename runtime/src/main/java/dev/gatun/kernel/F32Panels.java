package dev.gatun.kernel;

/// All panels of one B, packed for [F32Gemm] once and for all.
final class F32Panels implements F32PackedB {
  private final float[][][] panels;
  private final int depth;

  F32Panels(Product x) {
    depth = F32Gemm.depth(x.k());
    int across = Math.toIntExact(Math.ceilDiv(x.n(), F32Gemm.NC));
    int passes = Math.toIntExact(Math.ceilDiv(x.k(), depth));
    panels = new float[across][passes][];
    Scratch scratch = Scratch.take();
    for (int j = 0; j < across; j++) {
      int columns = (int) Math.min(F32Gemm.NC, x.n() - (long) j * F32Gemm.NC);
      for (int p = 0; p < passes; p++) {
        int k = (int) Math.min(depth, x.k() - (long) p * depth);
        float[] b = new float[F32Gemm.length(columns, k)];
        F32Gemm.packB(x, (long) p * depth, (long) j * F32Gemm.NC, k, columns, b, scratch);
        panels[j][p] = b;
      }
    }
    scratch.release();
  }

  @Override
  public float[] panels(long p, long j, int k, int columns, Scratch scratch) {
    return panels[(int) (j / F32Gemm.NC)][(int) (p / depth)];
  }
}
