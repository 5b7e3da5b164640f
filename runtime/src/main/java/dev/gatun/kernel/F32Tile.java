package dev.gatun.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The register-blocked heart of the vector product: a tile of [#MR] rows by [#NR] columns is held
/// in vector registers while `k` runs. Every element is one chain of fused multiply-adds over `k`,
/// whichever variant computes it, so that a result does not depend on where a tile begins.
///
/// The accumulators are named locals and the tile leaves through a small heap array: with an array
/// of vectors, or with stores to a segment in this method, the compiler keeps them in memory.
final class F32Tile {
  /// At most 512 bits wide: [Scratch] has room for no wider tile.
  static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.vectorBitSize() > 512
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  static final int LANES = SPECIES.length();

  /// Longest run of `k` in one pass: 14 rows of A stay in the first-level cache.
  static final int KC = 512;

  /// Distance between the rows of a packed A, off a power of two so that rows spread over cache
  /// sets.
  static final int STRIDE = KC + 16;

  static final int NR = 2 * LANES;

  /// 28 accumulators where there are 32 wide registers, 12 where there may be 16.
  static final int MR = SPECIES.vectorBitSize() >= 512 ? 14 : 6;

  private static final FloatVector INDEX = FloatVector.zero(SPECIES).addIndex(1);

  private F32Tile() {}

  /// The first lanes, as many as there are from 0 to all. By a comparison: what the species offers
  /// for this has branches, after which the compiler keeps masks as objects.
  static VectorMask<Float> first(int lanes) {
    return INDEX.compare(VectorOperators.LT, (float) lanes);
  }

  /// Rows to compute at once for a block that still has `rows` to go; what is past them is padding.
  static int step(int rows) {
    if (rows > 10 && MR == 14) {
      return 14;
    }
    return rows > 4 ? 6 : 4;
  }

  /// `t[i * NR + j]` = sum over p of `a[ao + i * STRIDE + p] * b[bo + p * NR + j]`, for i < rows.
  static void compute(int rows, float[] a, int ao, float[] b, int bo, int k, float[] t) {
    if (rows == 14) {
      rows14(a, ao, b, bo, k, t);
    } else if (rows == 6) {
      rows6(a, ao, b, bo, k, t);
    } else {
      rows4(a, ao, b, bo, k, t);
    }
  }

  private static void rows14(float[] a, int ao, float[] b, int bo, int k, float[] t) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    FloatVector c60 = FloatVector.zero(SPECIES);
    FloatVector c61 = FloatVector.zero(SPECIES);
    FloatVector c70 = FloatVector.zero(SPECIES);
    FloatVector c71 = FloatVector.zero(SPECIES);
    FloatVector c80 = FloatVector.zero(SPECIES);
    FloatVector c81 = FloatVector.zero(SPECIES);
    FloatVector c90 = FloatVector.zero(SPECIES);
    FloatVector c91 = FloatVector.zero(SPECIES);
    FloatVector c100 = FloatVector.zero(SPECIES);
    FloatVector c101 = FloatVector.zero(SPECIES);
    FloatVector c110 = FloatVector.zero(SPECIES);
    FloatVector c111 = FloatVector.zero(SPECIES);
    FloatVector c120 = FloatVector.zero(SPECIES);
    FloatVector c121 = FloatVector.zero(SPECIES);
    FloatVector c130 = FloatVector.zero(SPECIES);
    FloatVector c131 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bo + p * NR);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bo + p * NR + LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[ao + p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[ao + p + STRIDE]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[ao + p + 2 * STRIDE]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[ao + p + 3 * STRIDE]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[ao + p + 4 * STRIDE]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[ao + p + 5 * STRIDE]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[ao + p + 6 * STRIDE]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[ao + p + 7 * STRIDE]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      FloatVector a8 = FloatVector.broadcast(SPECIES, a[ao + p + 8 * STRIDE]);
      c80 = a8.fma(b0, c80);
      c81 = a8.fma(b1, c81);
      FloatVector a9 = FloatVector.broadcast(SPECIES, a[ao + p + 9 * STRIDE]);
      c90 = a9.fma(b0, c90);
      c91 = a9.fma(b1, c91);
      FloatVector a10 = FloatVector.broadcast(SPECIES, a[ao + p + 10 * STRIDE]);
      c100 = a10.fma(b0, c100);
      c101 = a10.fma(b1, c101);
      FloatVector a11 = FloatVector.broadcast(SPECIES, a[ao + p + 11 * STRIDE]);
      c110 = a11.fma(b0, c110);
      c111 = a11.fma(b1, c111);
      FloatVector a12 = FloatVector.broadcast(SPECIES, a[ao + p + 12 * STRIDE]);
      c120 = a12.fma(b0, c120);
      c121 = a12.fma(b1, c121);
      FloatVector a13 = FloatVector.broadcast(SPECIES, a[ao + p + 13 * STRIDE]);
      c130 = a13.fma(b0, c130);
      c131 = a13.fma(b1, c131);
    }
    c00.intoArray(t, 0);
    c01.intoArray(t, LANES);
    c10.intoArray(t, 2 * LANES);
    c11.intoArray(t, 3 * LANES);
    c20.intoArray(t, 4 * LANES);
    c21.intoArray(t, 5 * LANES);
    c30.intoArray(t, 6 * LANES);
    c31.intoArray(t, 7 * LANES);
    c40.intoArray(t, 8 * LANES);
    c41.intoArray(t, 9 * LANES);
    c50.intoArray(t, 10 * LANES);
    c51.intoArray(t, 11 * LANES);
    c60.intoArray(t, 12 * LANES);
    c61.intoArray(t, 13 * LANES);
    c70.intoArray(t, 14 * LANES);
    c71.intoArray(t, 15 * LANES);
    c80.intoArray(t, 16 * LANES);
    c81.intoArray(t, 17 * LANES);
    c90.intoArray(t, 18 * LANES);
    c91.intoArray(t, 19 * LANES);
    c100.intoArray(t, 20 * LANES);
    c101.intoArray(t, 21 * LANES);
    c110.intoArray(t, 22 * LANES);
    c111.intoArray(t, 23 * LANES);
    c120.intoArray(t, 24 * LANES);
    c121.intoArray(t, 25 * LANES);
    c130.intoArray(t, 26 * LANES);
    c131.intoArray(t, 27 * LANES);
  }

  private static void rows6(float[] a, int ao, float[] b, int bo, int k, float[] t) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bo + p * NR);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bo + p * NR + LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[ao + p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[ao + p + STRIDE]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[ao + p + 2 * STRIDE]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[ao + p + 3 * STRIDE]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[ao + p + 4 * STRIDE]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[ao + p + 5 * STRIDE]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
    }
    c00.intoArray(t, 0);
    c01.intoArray(t, LANES);
    c10.intoArray(t, 2 * LANES);
    c11.intoArray(t, 3 * LANES);
    c20.intoArray(t, 4 * LANES);
    c21.intoArray(t, 5 * LANES);
    c30.intoArray(t, 6 * LANES);
    c31.intoArray(t, 7 * LANES);
    c40.intoArray(t, 8 * LANES);
    c41.intoArray(t, 9 * LANES);
    c50.intoArray(t, 10 * LANES);
    c51.intoArray(t, 11 * LANES);
  }

  private static void rows4(float[] a, int ao, float[] b, int bo, int k, float[] t) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bo + p * NR);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bo + p * NR + LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[ao + p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[ao + p + STRIDE]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[ao + p + 2 * STRIDE]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[ao + p + 3 * STRIDE]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
    }
    c00.intoArray(t, 0);
    c01.intoArray(t, LANES);
    c10.intoArray(t, 2 * LANES);
    c11.intoArray(t, 3 * LANES);
    c20.intoArray(t, 4 * LANES);
    c21.intoArray(t, 5 * LANES);
    c30.intoArray(t, 6 * LANES);
    c31.intoArray(t, 7 * LANES);
  }
}
