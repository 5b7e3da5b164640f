package dev.gatun.kernel;

import java.util.Arrays;

/// Blocks of doubles.
final class F64StepBlocks extends StepBlocks {
  final double[][] rows;

  F64StepBlocks(double[][] rows) {
    this.rows = rows;
  }

  @Override
  public void copy(int y, int x) {
    System.arraycopy(rows[x], 0, rows[y], 0, n);
  }

  @Override
  public void fill(int y, double s) {
    Arrays.fill(rows[y], 0, n, s);
  }

  @Override
  public void scale(int y, double s) {
    double[] to = rows[y];
    double by = s;
    for (int i = 0; i < n; i++) {
      to[i] *= by;
    }
  }

  @Override
  public void shift(int y, double s) {
    double[] to = rows[y];
    double by = s;
    for (int i = 0; i < n; i++) {
      to[i] += by;
    }
  }

  @Override
  public void add(int y, int x, double s) {
    double[] to = rows[y];
    double[] from = rows[x];
    double by = s;
    for (int i = 0; i < n; i++) {
      to[i] += from[i] * by;
    }
  }

  @Override
  public void multiply(int y, int x) {
    double[] to = rows[y];
    double[] from = rows[x];
    for (int i = 0; i < n; i++) {
      to[i] *= from[i];
    }
  }

  @Override
  public void divide(int y, int x) {
    double[] to = rows[y];
    double[] from = rows[x];
    for (int i = 0; i < n; i++) {
      to[i] /= from[i];
    }
  }

  @Override
  public void addProduct(int y, int a, int b, double s) {
    double[] to = rows[y];
    double[] left = rows[a];
    double[] right = rows[b];
    double by = s;
    for (int i = 0; i < n; i++) {
      to[i] += left[i] * by * right[i];
    }
  }

  @Override
  public void addQuotient(int y, int a, int b, double s) {
    double[] to = rows[y];
    double[] left = rows[a];
    double[] right = rows[b];
    double by = s;
    for (int i = 0; i < n; i++) {
      to[i] += left[i] * by / right[i];
    }
  }

  @Override
  public void sqrt(int y) {
    double[] to = rows[y];
    for (int i = 0; i < n; i++) {
      to[i] = Math.sqrt(to[i]);
    }
  }

  @Override
  public void abs(int y) {
    double[] to = rows[y];
    for (int i = 0; i < n; i++) {
      to[i] = Math.abs(to[i]);
    }
  }

  @Override
  public void max(int y, int x) {
    double[] to = rows[y];
    double[] from = rows[x];
    for (int i = 0; i < n; i++) {
      to[i] = Math.max(to[i], from[i]);
    }
  }

  @Override
  public void clamp(int y, double low, double high) {
    double[] to = rows[y];
    double least = low;
    double most = high;
    for (int i = 0; i < n; i++) {
      to[i] = Math.min(Math.max(to[i], least), most);
    }
  }

  @Override
  public void sign(int y) {
    double[] to = rows[y];
    for (int i = 0; i < n; i++) {
      to[i] = Math.signum(to[i]);
    }
  }

  @Override
  public void choose(int y, int x, double below, double above, double otherwise) {
    double[] to = rows[y];
    double[] from = rows[x];
    double less = below;
    double more = above;
    double same = otherwise;
    for (int i = 0; i < n; i++) {
      to[i] = from[i] < 0 ? less : from[i] > 0 ? more : from[i] == 0 ? same : from[i];
    }
  }

  @Override
  public void clearWhere(int y, int x, double s) {
    double[] to = rows[y];
    double[] from = rows[x];
    double wanted = s;
    for (int i = 0; i < n; i++) {
      to[i] = from[i] == wanted ? 0 : to[i];
    }
  }
}
