package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

/// [CellLoops] in F64: whole vectors first where there are vectors, then the elements that are
/// left. Both do the same steps, so that an element's value does not depend on its position.
record F64Cells(boolean vector) implements CellLoops {
  private static double at(long address, long i) {
    return ALL.get(JAVA_DOUBLE_UNALIGNED, address + i * 8);
  }

  private static void put(long address, long i, double value) {
    ALL.set(JAVA_DOUBLE_UNALIGNED, address + i * 8, value);
  }

  @Override
  public void lstmCell(long gates, long c, int n) {
    for (long i = vector ? VectorF64Cells.lstmCell(gates, c, n) : 0; i < n; i++) {
      put(c, i, at(gates, n + i) * at(c, i) + at(gates, i) * at(gates, 2L * n + i));
    }
  }

  @Override
  public void scale(long x, long y, int n) {
    for (long i = vector ? VectorF64Cells.scale(x, y, n) : 0; i < n; i++) {
      put(y, i, at(x, i) * at(y, i));
    }
  }

  @Override
  public void add(long x, long y, int n) {
    for (long i = vector ? VectorF64Cells.add(x, y, n) : 0; i < n; i++) {
      put(y, i, at(x, i) + at(y, i));
    }
  }

  @Override
  public void lstmSlope(long gates, long before, long tanh, long dh, long dc, long d, int n) {
    int from = 0;
    if (vector) {
      VectorF64Cells.lstmOutSlope(gates, tanh, dh, dc, d, n);
      from = VectorF64Cells.lstmSlope(gates, before, dc, d, n);
    }
    for (long i = from; i < n; i++) {
      double in = at(gates, i);
      double keep = at(gates, n + i);
      double g = at(gates, 2L * n + i);
      double o = at(gates, 3L * n + i);
      double t = at(tanh, i);
      put(d, 3L * n + i, at(dh, i) * t * (o - o * o));
      double cell = at(dc, i) + at(dh, i) * o * (1 - t * t);
      put(d, i, cell * g * (in - in * in));
      put(d, n + i, cell * at(before, i) * (keep - keep * keep));
      put(d, 2L * n + i, cell * in * (1 - g * g));
      put(dc, i, cell * keep);
    }
  }

  @Override
  public void gruMix(long gates, long hidden, int n) {
    for (long i = vector ? VectorF64Cells.gruMix(gates, hidden, n) : 0; i < n; i++) {
      double part = at(hidden, 2L * n + i);
      put(gates, 3L * n + i, part);
      put(gates, 2L * n + i, at(gates, 2L * n + i) + at(gates, i) * part);
    }
  }

  @Override
  public void gruHidden(long gates, long h, int n) {
    for (long i = vector ? VectorF64Cells.gruHidden(gates, h, n) : 0; i < n; i++) {
      double fresh = at(gates, 2L * n + i);
      put(h, i, fresh + at(gates, n + i) * (at(h, i) - fresh));
    }
  }

  @Override
  public void gruSlope(long gates, long before, long dh, long d, int n) {
    for (long i = vector ? VectorF64Cells.gruSlope(gates, before, dh, d, n) : 0; i < n; i++) {
      double r = at(gates, i);
      double z = at(gates, n + i);
      double fresh = at(gates, 2L * n + i);
      double g = at(dh, i);
      double sum = g * (1 - z) * (1 - fresh * fresh);
      put(d, i, sum);
      put(d, n + i, sum * at(gates, 3L * n + i) * (r - r * r));
      put(d, 2L * n + i, g * (at(before, i) - fresh) * (z - z * z));
      put(d, 3L * n + i, sum * r);
      put(dh, i, g * z);
    }
  }

  @Override
  public void tanhSlope(long y, long dh, long d, int n) {
    for (long i = vector ? VectorF64Cells.tanhSlope(y, dh, d, n) : 0; i < n; i++) {
      put(d, i, at(dh, i) * (1 - at(y, i) * at(y, i)));
    }
  }

  @Override
  public void reluSlope(long y, long dh, long d, int n) {
    for (long i = vector ? VectorF64Cells.reluSlope(y, dh, d, n) : 0; i < n; i++) {
      put(d, i, at(y, i) <= 0 ? 0 : at(dh, i));
    }
  }
}
