package dev.gatun.kernel;

import static dev.gatun.kernel.F32Tile.LANES;
import static dev.gatun.kernel.F32Tile.NR;
import static dev.gatun.kernel.F32Tile.SPECIES;
import static dev.gatun.kernel.Memory.ALL;

import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/// Tiles of a gradient of weights: eight taps by one or two vectors of output channels, summed over
/// the pixels of some lines.
///
/// `sums[to + r NR + f] += Σ x[offsets[at + r] + pixel] g[from + pixel NR + f]`. Of `x`, one line
/// follows the other at `step` bytes from the end of the first; the lines of `g` are dense.
final class F32ConvSums {
  private static final ValueLayout.OfFloat ELEMENT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final int BYTES = Float.BYTES;

  private F32ConvSums() {}

  static void eightBy2(
      int lines,
      int width,
      long x,
      long step,
      int[] offsets,
      int at,
      float[] g,
      int from,
      float[] sums,
      int to) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, sums, to);
    FloatVector c01 = FloatVector.fromArray(SPECIES, sums, to + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, sums, to + 1 * NR);
    FloatVector c11 = FloatVector.fromArray(SPECIES, sums, to + 1 * NR + LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, sums, to + 2 * NR);
    FloatVector c21 = FloatVector.fromArray(SPECIES, sums, to + 2 * NR + LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, sums, to + 3 * NR);
    FloatVector c31 = FloatVector.fromArray(SPECIES, sums, to + 3 * NR + LANES);
    FloatVector c40 = FloatVector.fromArray(SPECIES, sums, to + 4 * NR);
    FloatVector c41 = FloatVector.fromArray(SPECIES, sums, to + 4 * NR + LANES);
    FloatVector c50 = FloatVector.fromArray(SPECIES, sums, to + 5 * NR);
    FloatVector c51 = FloatVector.fromArray(SPECIES, sums, to + 5 * NR + LANES);
    FloatVector c60 = FloatVector.fromArray(SPECIES, sums, to + 6 * NR);
    FloatVector c61 = FloatVector.fromArray(SPECIES, sums, to + 6 * NR + LANES);
    FloatVector c70 = FloatVector.fromArray(SPECIES, sums, to + 7 * NR);
    FloatVector c71 = FloatVector.fromArray(SPECIES, sums, to + 7 * NR + LANES);
    long x0 = x + offsets[at];
    long x1 = x + offsets[at + 1];
    long x2 = x + offsets[at + 2];
    long x3 = x + offsets[at + 3];
    long x4 = x + offsets[at + 4];
    long x5 = x + offsets[at + 5];
    long x6 = x + offsets[at + 6];
    long x7 = x + offsets[at + 7];
    long run = (long) width * BYTES;
    int q = from;
    for (int line = 0; line < lines; line++) {
      for (long o = 0; o < run; o += BYTES) {
        FloatVector b0 = FloatVector.fromArray(SPECIES, g, q);
        FloatVector b1 = FloatVector.fromArray(SPECIES, g, q + LANES);
        FloatVector a0 = FloatVector.broadcast(SPECIES, ALL.get(ELEMENT, x0 + o));
        c00 = a0.fma(b0, c00);
        c01 = a0.fma(b1, c01);
        FloatVector a1 = FloatVector.broadcast(SPECIES, ALL.get(ELEMENT, x1 + o));
        c10 = a1.fma(b0, c10);
        c11 = a1.fma(b1, c11);
        FloatVector a2 = FloatVector.broadcast(SPECIES, ALL.get(ELEMENT, x2 + o));
        c20 = a2.fma(b0, c20);
        c21 = a2.fma(b1, c21);
        FloatVector a3 = FloatVector.broadcast(SPECIES, ALL.get(ELEMENT, x3 + o));
        c30 = a3.fma(b0, c30);
        c31 = a3.fma(b1, c31);
        FloatVector a4 = FloatVector.broadcast(SPECIES, ALL.get(ELEMENT, x4 + o));
        c40 = a4.fma(b0, c40);
        c41 = a4.fma(b1, c41);
        FloatVector a5 = FloatVector.broadcast(SPECIES, ALL.get(ELEMENT, x5 + o));
        c50 = a5.fma(b0, c50);
        c51 = a5.fma(b1, c51);
        FloatVector a6 = FloatVector.broadcast(SPECIES, ALL.get(ELEMENT, x6 + o));
        c60 = a6.fma(b0, c60);
        c61 = a6.fma(b1, c61);
        FloatVector a7 = FloatVector.broadcast(SPECIES, ALL.get(ELEMENT, x7 + o));
        c70 = a7.fma(b0, c70);
        c71 = a7.fma(b1, c71);
        q += NR;
      }
      x0 += run + step;
      x1 += run + step;
      x2 += run + step;
      x3 += run + step;
      x4 += run + step;
      x5 += run + step;
      x6 += run + step;
      x7 += run + step;
    }
    c00.intoArray(sums, to);
    c01.intoArray(sums, to + LANES);
    c10.intoArray(sums, to + 1 * NR);
    c11.intoArray(sums, to + 1 * NR + LANES);
    c20.intoArray(sums, to + 2 * NR);
    c21.intoArray(sums, to + 2 * NR + LANES);
    c30.intoArray(sums, to + 3 * NR);
    c31.intoArray(sums, to + 3 * NR + LANES);
    c40.intoArray(sums, to + 4 * NR);
    c41.intoArray(sums, to + 4 * NR + LANES);
    c50.intoArray(sums, to + 5 * NR);
    c51.intoArray(sums, to + 5 * NR + LANES);
    c60.intoArray(sums, to + 6 * NR);
    c61.intoArray(sums, to + 6 * NR + LANES);
    c70.intoArray(sums, to + 7 * NR);
    c71.intoArray(sums, to + 7 * NR + LANES);
  }

  static void eightBy1(
      int lines,
      int width,
      long x,
      long step,
      int[] offsets,
      int at,
      float[] g,
      int from,
      float[] sums,
      int to) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, sums, to);
    FloatVector c10 = FloatVector.fromArray(SPECIES, sums, to + 1 * NR);
    FloatVector c20 = FloatVector.fromArray(SPECIES, sums, to + 2 * NR);
    FloatVector c30 = FloatVector.fromArray(SPECIES, sums, to + 3 * NR);
    FloatVector c40 = FloatVector.fromArray(SPECIES, sums, to + 4 * NR);
    FloatVector c50 = FloatVector.fromArray(SPECIES, sums, to + 5 * NR);
    FloatVector c60 = FloatVector.fromArray(SPECIES, sums, to + 6 * NR);
    FloatVector c70 = FloatVector.fromArray(SPECIES, sums, to + 7 * NR);
    long x0 = x + offsets[at];
    long x1 = x + offsets[at + 1];
    long x2 = x + offsets[at + 2];
    long x3 = x + offsets[at + 3];
    long x4 = x + offsets[at + 4];
    long x5 = x + offsets[at + 5];
    long x6 = x + offsets[at + 6];
    long x7 = x + offsets[at + 7];
    long run = (long) width * BYTES;
    int q = from;
    for (int line = 0; line < lines; line++) {
      for (long o = 0; o < run; o += BYTES) {
        FloatVector b0 = FloatVector.fromArray(SPECIES, g, q);
        FloatVector a0 = FloatVector.broadcast(SPECIES, ALL.get(ELEMENT, x0 + o));
        c00 = a0.fma(b0, c00);
        FloatVector a1 = FloatVector.broadcast(SPECIES, ALL.get(ELEMENT, x1 + o));
        c10 = a1.fma(b0, c10);
        FloatVector a2 = FloatVector.broadcast(SPECIES, ALL.get(ELEMENT, x2 + o));
        c20 = a2.fma(b0, c20);
        FloatVector a3 = FloatVector.broadcast(SPECIES, ALL.get(ELEMENT, x3 + o));
        c30 = a3.fma(b0, c30);
        FloatVector a4 = FloatVector.broadcast(SPECIES, ALL.get(ELEMENT, x4 + o));
        c40 = a4.fma(b0, c40);
        FloatVector a5 = FloatVector.broadcast(SPECIES, ALL.get(ELEMENT, x5 + o));
        c50 = a5.fma(b0, c50);
        FloatVector a6 = FloatVector.broadcast(SPECIES, ALL.get(ELEMENT, x6 + o));
        c60 = a6.fma(b0, c60);
        FloatVector a7 = FloatVector.broadcast(SPECIES, ALL.get(ELEMENT, x7 + o));
        c70 = a7.fma(b0, c70);
        q += NR;
      }
      x0 += run + step;
      x1 += run + step;
      x2 += run + step;
      x3 += run + step;
      x4 += run + step;
      x5 += run + step;
      x6 += run + step;
      x7 += run + step;
    }
    c00.intoArray(sums, to);
    c10.intoArray(sums, to + 1 * NR);
    c20.intoArray(sums, to + 2 * NR);
    c30.intoArray(sums, to + 3 * NR);
    c40.intoArray(sums, to + 4 * NR);
    c50.intoArray(sums, to + 5 * NR);
    c60.intoArray(sums, to + 6 * NR);
    c70.intoArray(sums, to + 7 * NR);
  }
}
