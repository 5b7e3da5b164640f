package dev.gatun.kernel;

import static dev.gatun.kernel.F64Tile.LANES;
import static dev.gatun.kernel.F64Tile.NR;
import static dev.gatun.kernel.F64Tile.SPECIES;
import static dev.gatun.kernel.Memory.ALL;

import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;

/// Tiles of a gradient of weights: eight taps by one or two vectors of output channels, summed over
/// the pixels of some lines.
///
/// `sums[to + r NR + f] += Σ x[offsets[at + r] + pixel] g[from + pixel NR + f]`. Of `x`, one line
/// follows the other at `step` bytes from the end of the first; the lines of `g` are dense.
final class F64ConvSums {
  private static final ValueLayout.OfDouble ELEMENT = ValueLayout.JAVA_DOUBLE_UNALIGNED;
  private static final int BYTES = Double.BYTES;

  private F64ConvSums() {}

  static void eightBy2(
      int lines,
      int width,
      long x,
      long step,
      int[] offsets,
      int at,
      double[] g,
      int from,
      double[] sums,
      int to) {
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, sums, to);
    DoubleVector c01 = DoubleVector.fromArray(SPECIES, sums, to + LANES);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, sums, to + 1 * NR);
    DoubleVector c11 = DoubleVector.fromArray(SPECIES, sums, to + 1 * NR + LANES);
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, sums, to + 2 * NR);
    DoubleVector c21 = DoubleVector.fromArray(SPECIES, sums, to + 2 * NR + LANES);
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, sums, to + 3 * NR);
    DoubleVector c31 = DoubleVector.fromArray(SPECIES, sums, to + 3 * NR + LANES);
    DoubleVector c40 = DoubleVector.fromArray(SPECIES, sums, to + 4 * NR);
    DoubleVector c41 = DoubleVector.fromArray(SPECIES, sums, to + 4 * NR + LANES);
    DoubleVector c50 = DoubleVector.fromArray(SPECIES, sums, to + 5 * NR);
    DoubleVector c51 = DoubleVector.fromArray(SPECIES, sums, to + 5 * NR + LANES);
    DoubleVector c60 = DoubleVector.fromArray(SPECIES, sums, to + 6 * NR);
    DoubleVector c61 = DoubleVector.fromArray(SPECIES, sums, to + 6 * NR + LANES);
    DoubleVector c70 = DoubleVector.fromArray(SPECIES, sums, to + 7 * NR);
    DoubleVector c71 = DoubleVector.fromArray(SPECIES, sums, to + 7 * NR + LANES);
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
        DoubleVector b0 = DoubleVector.fromArray(SPECIES, g, q);
        DoubleVector b1 = DoubleVector.fromArray(SPECIES, g, q + LANES);
        DoubleVector a0 = DoubleVector.broadcast(SPECIES, ALL.get(ELEMENT, x0 + o));
        c00 = a0.fma(b0, c00);
        c01 = a0.fma(b1, c01);
        DoubleVector a1 = DoubleVector.broadcast(SPECIES, ALL.get(ELEMENT, x1 + o));
        c10 = a1.fma(b0, c10);
        c11 = a1.fma(b1, c11);
        DoubleVector a2 = DoubleVector.broadcast(SPECIES, ALL.get(ELEMENT, x2 + o));
        c20 = a2.fma(b0, c20);
        c21 = a2.fma(b1, c21);
        DoubleVector a3 = DoubleVector.broadcast(SPECIES, ALL.get(ELEMENT, x3 + o));
        c30 = a3.fma(b0, c30);
        c31 = a3.fma(b1, c31);
        DoubleVector a4 = DoubleVector.broadcast(SPECIES, ALL.get(ELEMENT, x4 + o));
        c40 = a4.fma(b0, c40);
        c41 = a4.fma(b1, c41);
        DoubleVector a5 = DoubleVector.broadcast(SPECIES, ALL.get(ELEMENT, x5 + o));
        c50 = a5.fma(b0, c50);
        c51 = a5.fma(b1, c51);
        DoubleVector a6 = DoubleVector.broadcast(SPECIES, ALL.get(ELEMENT, x6 + o));
        c60 = a6.fma(b0, c60);
        c61 = a6.fma(b1, c61);
        DoubleVector a7 = DoubleVector.broadcast(SPECIES, ALL.get(ELEMENT, x7 + o));
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
      double[] g,
      int from,
      double[] sums,
      int to) {
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, sums, to);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, sums, to + 1 * NR);
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, sums, to + 2 * NR);
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, sums, to + 3 * NR);
    DoubleVector c40 = DoubleVector.fromArray(SPECIES, sums, to + 4 * NR);
    DoubleVector c50 = DoubleVector.fromArray(SPECIES, sums, to + 5 * NR);
    DoubleVector c60 = DoubleVector.fromArray(SPECIES, sums, to + 6 * NR);
    DoubleVector c70 = DoubleVector.fromArray(SPECIES, sums, to + 7 * NR);
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
        DoubleVector b0 = DoubleVector.fromArray(SPECIES, g, q);
        DoubleVector a0 = DoubleVector.broadcast(SPECIES, ALL.get(ELEMENT, x0 + o));
        c00 = a0.fma(b0, c00);
        DoubleVector a1 = DoubleVector.broadcast(SPECIES, ALL.get(ELEMENT, x1 + o));
        c10 = a1.fma(b0, c10);
        DoubleVector a2 = DoubleVector.broadcast(SPECIES, ALL.get(ELEMENT, x2 + o));
        c20 = a2.fma(b0, c20);
        DoubleVector a3 = DoubleVector.broadcast(SPECIES, ALL.get(ELEMENT, x3 + o));
        c30 = a3.fma(b0, c30);
        DoubleVector a4 = DoubleVector.broadcast(SPECIES, ALL.get(ELEMENT, x4 + o));
        c40 = a4.fma(b0, c40);
        DoubleVector a5 = DoubleVector.broadcast(SPECIES, ALL.get(ELEMENT, x5 + o));
        c50 = a5.fma(b0, c50);
        DoubleVector a6 = DoubleVector.broadcast(SPECIES, ALL.get(ELEMENT, x6 + o));
        c60 = a6.fma(b0, c60);
        DoubleVector a7 = DoubleVector.broadcast(SPECIES, ALL.get(ELEMENT, x7 + o));
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
