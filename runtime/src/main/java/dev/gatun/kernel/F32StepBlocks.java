package dev.gatun.kernel;

import java.util.Arrays;

/// Blocks of floats.
final class F32StepBlocks extends StepBlocks {
  final float[][] rows;

  F32StepBlocks(float[][] rows) {
    this.rows = rows;
  }

  @Override
  public void copy(int y, int x) {
    System.arraycopy(rows[x], 0, rows[y], 0, n);
  }

  @Override
  public void fill(int y, double s) {
    Arrays.fill(rows[y], 0, n, (float) s);
  }

  @Override
  public void scale(int y, double s) {
    float[] to = rows[y];
    float by = (float) s;
    for (int i = 0; i < n; i++) {
      to[i] *= by;
    }
  }

  @Override
  public void shift(int y, double s) {
    float[] to = rows[y];
    float by = (float) s;
    for (int i = 0; i < n; i++) {
      to[i] += by;
    }
  }

  @Override
  public void add(int y, int x, double s) {
    float[] to = rows[y];
    float[] from = rows[x];
    float by = (float) s;
    for (int i = 0; i < n; i++) {
      to[i] += from[i] * by;
    }
  }

  @Override
  public void multiply(int y, int x) {
    float[] to = rows[y];
    float[] from = rows[x];
    for (int i = 0; i < n; i++) {
      to[i] *= from[i];
    }
  }

  @Override
  public void divide(int y, int x) {
    float[] to = rows[y];
    float[] from = rows[x];
    for (int i = 0; i < n; i++) {
      to[i] /= from[i];
    }
  }

  @Override
  public void addProduct(int y, int a, int b, double s) {
    float[] to = rows[y];
    float[] left = rows[a];
    float[] right = rows[b];
    float by = (float) s;
    for (int i = 0; i < n; i++) {
      to[i] += left[i] * by * right[i];
    }
  }

  @Override
  public void addQuotient(int y, int a, int b, double s) {
    float[] to = rows[y];
    float[] left = rows[a];
    float[] right = rows[b];
    float by = (float) s;
    for (int i = 0; i < n; i++) {
      to[i] += left[i] * by / right[i];
    }
  }

  @Override
  public void sqrt(int y) {
    float[] to = rows[y];
    for (int i = 0; i < n; i++) {
      to[i] = (float) Math.sqrt(to[i]);
    }
  }

  @Override
  public void abs(int y) {
    float[] to = rows[y];
    for (int i = 0; i < n; i++) {
      to[i] = Math.abs(to[i]);
    }
  }

  @Override
  public void max(int y, int x) {
    float[] to = rows[y];
    float[] from = rows[x];
    for (int i = 0; i < n; i++) {
      to[i] = Math.max(to[i], from[i]);
    }
  }

  @Override
  public void clamp(int y, double low, double high) {
    float[] to = rows[y];
    float least = (float) low;
    float most = (float) high;
    for (int i = 0; i < n; i++) {
      to[i] = Math.min(Math.max(to[i], least), most);
    }
  }

  @Override
  public void sign(int y) {
    float[] to = rows[y];
    for (int i = 0; i < n; i++) {
      to[i] = Math.signum(to[i]);
    }
  }

  @Override
  public void choose(int y, int x, double below, double above, double otherwise) {
    float[] to = rows[y];
    float[] from = rows[x];
    float less = (float) below;
    float more = (float) above;
    float same = (float) otherwise;
    for (int i = 0; i < n; i++) {
      to[i] = from[i] < 0 ? less : from[i] > 0 ? more : from[i] == 0 ? same : from[i];
    }
  }

  @Override
  public void clearWhere(int y, int x, double s) {
    float[] to = rows[y];
    float[] from = rows[x];
    float wanted = (float) s;
    for (int i = 0; i < n; i++) {
      to[i] = from[i] == wanted ? 0 : to[i];
    }
  }
}
