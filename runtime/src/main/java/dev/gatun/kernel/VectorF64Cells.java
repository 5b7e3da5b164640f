package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF64Exp.SPECIES;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/// The whole vectors of [F64Cells]; every method returns how many elements it has done.
final class VectorF64Cells {
  private static final int LANES = SPECIES.length();
  private static final int BYTES = LANES * 8;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final DoubleVector ONE = DoubleVector.broadcast(SPECIES, 1);

  private VectorF64Cells() {}

  static int lstmCell(long gates, long c, int n) {
    int end = n & -LANES;
    long gate = n * 8L;
    long i = gates;
    for (long to = c; to < c + end * 8L; to += BYTES) {
      DoubleVector in = DoubleVector.fromMemorySegment(SPECIES, ALL, i, ORDER);
      DoubleVector f = DoubleVector.fromMemorySegment(SPECIES, ALL, i + gate, ORDER);
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, i + 2 * gate, ORDER);
      DoubleVector old = DoubleVector.fromMemorySegment(SPECIES, ALL, to, ORDER);
      f.mul(old).add(in.mul(g)).intoMemorySegment(ALL, to, ORDER);
      i += BYTES;
    }
    return end;
  }

  static int scale(long x, long y, int n) {
    int end = n & -LANES;
    for (long i = 0; i < end * 8L; i += BYTES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, x + i, ORDER)
          .mul(DoubleVector.fromMemorySegment(SPECIES, ALL, y + i, ORDER))
          .intoMemorySegment(ALL, y + i, ORDER);
    }
    return end;
  }

  static int add(long x, long y, int n) {
    int end = n & -LANES;
    for (long i = 0; i < end * 8L; i += BYTES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, x + i, ORDER)
          .add(DoubleVector.fromMemorySegment(SPECIES, ALL, y + i, ORDER))
          .intoMemorySegment(ALL, y + i, ORDER);
    }
    return end;
  }

  /// The gradient of the sum of o; `dc` gets what comes by way of the hidden state.
  static void lstmOutSlope(long gates, long tanh, long dh, long dc, long d, int n) {
    long out = 3L * n * 8;
    for (long i = 0; i < (n & -LANES) * 8L; i += BYTES) {
      DoubleVector o = DoubleVector.fromMemorySegment(SPECIES, ALL, gates + out + i, ORDER);
      DoubleVector t = DoubleVector.fromMemorySegment(SPECIES, ALL, tanh + i, ORDER);
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, dh + i, ORDER);
      DoubleVector cell = DoubleVector.fromMemorySegment(SPECIES, ALL, dc + i, ORDER);
      g.mul(t).mul(o.sub(o.mul(o))).intoMemorySegment(ALL, d + out + i, ORDER);
      cell.add(g.mul(o).mul(ONE.sub(t.mul(t)))).intoMemorySegment(ALL, dc + i, ORDER);
    }
  }

  static int lstmSlope(long gates, long before, long dc, long d, int n) {
    int end = n & -LANES;
    long gate = n * 8L;
    for (long i = 0; i < end * 8L; i += BYTES) {
      DoubleVector in = DoubleVector.fromMemorySegment(SPECIES, ALL, gates + i, ORDER);
      DoubleVector f = DoubleVector.fromMemorySegment(SPECIES, ALL, gates + gate + i, ORDER);
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, gates + 2 * gate + i, ORDER);
      DoubleVector old = DoubleVector.fromMemorySegment(SPECIES, ALL, before + i, ORDER);
      DoubleVector cell = DoubleVector.fromMemorySegment(SPECIES, ALL, dc + i, ORDER);
      cell.mul(g).mul(in.sub(in.mul(in))).intoMemorySegment(ALL, d + i, ORDER);
      cell.mul(old).mul(f.sub(f.mul(f))).intoMemorySegment(ALL, d + gate + i, ORDER);
      cell.mul(in).mul(ONE.sub(g.mul(g))).intoMemorySegment(ALL, d + 2 * gate + i, ORDER);
      cell.mul(f).intoMemorySegment(ALL, dc + i, ORDER);
    }
    return end;
  }

  static int gruMix(long gates, long hidden, int n) {
    int end = n & -LANES;
    long gate = n * 8L;
    for (long i = 0; i < end * 8L; i += BYTES) {
      DoubleVector part =
          DoubleVector.fromMemorySegment(SPECIES, ALL, hidden + 2 * gate + i, ORDER);
      DoubleVector r = DoubleVector.fromMemorySegment(SPECIES, ALL, gates + i, ORDER);
      DoubleVector sum = DoubleVector.fromMemorySegment(SPECIES, ALL, gates + 2 * gate + i, ORDER);
      part.intoMemorySegment(ALL, gates + 3 * gate + i, ORDER);
      sum.add(r.mul(part)).intoMemorySegment(ALL, gates + 2 * gate + i, ORDER);
    }
    return end;
  }

  static int gruHidden(long gates, long h, int n) {
    int end = n & -LANES;
    long gate = n * 8L;
    for (long i = 0; i < end * 8L; i += BYTES) {
      DoubleVector z = DoubleVector.fromMemorySegment(SPECIES, ALL, gates + gate + i, ORDER);
      DoubleVector fresh =
          DoubleVector.fromMemorySegment(SPECIES, ALL, gates + 2 * gate + i, ORDER);
      DoubleVector old = DoubleVector.fromMemorySegment(SPECIES, ALL, h + i, ORDER);
      fresh.add(z.mul(old.sub(fresh))).intoMemorySegment(ALL, h + i, ORDER);
    }
    return end;
  }

  static int gruSlope(long gates, long before, long dh, long d, int n) {
    int end = n & -LANES;
    long gate = n * 8L;
    for (long i = 0; i < end * 8L; i += BYTES) {
      DoubleVector r = DoubleVector.fromMemorySegment(SPECIES, ALL, gates + i, ORDER);
      DoubleVector z = DoubleVector.fromMemorySegment(SPECIES, ALL, gates + gate + i, ORDER);
      DoubleVector fresh =
          DoubleVector.fromMemorySegment(SPECIES, ALL, gates + 2 * gate + i, ORDER);
      DoubleVector part = DoubleVector.fromMemorySegment(SPECIES, ALL, gates + 3 * gate + i, ORDER);
      DoubleVector old = DoubleVector.fromMemorySegment(SPECIES, ALL, before + i, ORDER);
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, dh + i, ORDER);
      DoubleVector sum = g.mul(ONE.sub(z)).mul(ONE.sub(fresh.mul(fresh)));
      sum.intoMemorySegment(ALL, d + i, ORDER);
      sum.mul(part).mul(r.sub(r.mul(r))).intoMemorySegment(ALL, d + gate + i, ORDER);
      DoubleVector update = g.mul(old.sub(fresh)).mul(z.sub(z.mul(z)));
      update.intoMemorySegment(ALL, d + 2 * gate + i, ORDER);
      sum.mul(r).intoMemorySegment(ALL, d + 3 * gate + i, ORDER);
      g.mul(z).intoMemorySegment(ALL, dh + i, ORDER);
    }
    return end;
  }

  static int tanhSlope(long y, long dh, long d, int n) {
    int end = n & -LANES;
    for (long i = 0; i < end * 8L; i += BYTES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, y + i, ORDER);
      DoubleVector.fromMemorySegment(SPECIES, ALL, dh + i, ORDER)
          .mul(ONE.sub(v.mul(v)))
          .intoMemorySegment(ALL, d + i, ORDER);
    }
    return end;
  }

  static int reluSlope(long y, long dh, long d, int n) {
    int end = n & -LANES;
    for (long i = 0; i < end * 8L; i += BYTES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, y + i, ORDER);
      DoubleVector.fromMemorySegment(SPECIES, ALL, dh + i, ORDER)
          .blend(0, v.compare(VectorOperators.LE, 0))
          .intoMemorySegment(ALL, d + i, ORDER);
    }
    return end;
  }
}
