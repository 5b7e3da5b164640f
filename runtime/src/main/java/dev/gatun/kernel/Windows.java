package dev.gatun.kernel;

/// Which inputs along one dimension each output of a pooling reads, worked out once for a call.
///
/// Output `o` reads the positions from `start[o]` to before `end[o]`, each [#step] apart;
/// `count[o]` is what an average divides by along this dimension, padding included where it counts.
public final class Windows {
  /// A dimension of one position, for poolings of fewer than three dimensions.
  public static final Windows ONE = new Windows(1, 1, new int[] {0}, new int[] {1}, new int[] {1});

  final int size;
  final int step;
  final int[] start;
  final int[] end;
  final int[] count;

  /// Positions of padding before the first one, where all windows are alike but for the edges.
  final int padding;

  /// Positions in a window, or 0 where they differ from window to window.
  final int kernel;

  /// Distance of the windows, where all are alike.
  final int stride;

  private Windows(int size, int step, int[] start, int[] end, int[] count) {
    this(size, step, start, end, count, new int[] {0, 0, 1});
  }

  private Windows(int size, int step, int[] start, int[] end, int[] count, int[] regular) {
    this.size = size;
    this.step = step;
    this.start = start;
    this.end = end;
    this.count = count;
    kernel = regular[0];
    padding = regular[1];
    stride = regular[2];
  }

  /// How many windows fit, by PyTorch's rule; not positive where none does.
  ///
  /// @param size positions along the dimension
  /// @param kernel positions in a window
  /// @param stride distance of the windows
  /// @param padding positions added on either side
  /// @param dilation distance of the positions in a window
  /// @param ceil whether a window may stand over the end
  /// @return the size of the result
  public static long count(
      long size, long kernel, long stride, long padding, long dilation, boolean ceil) {
    long room = size + 2 * padding - dilation * (kernel - 1) - 1 + (ceil ? stride - 1 : 0);
    long count = Math.floorDiv(room, stride) + 1;
    return ceil && (count - 1) * stride >= size + padding ? count - 1 : count;
  }

  /// Windows of one size, one stride apart.
  ///
  /// @param size positions along the dimension
  /// @param kernel positions in a window
  /// @param stride distance of the windows
  /// @param padding positions added on either side
  /// @param dilation distance of the positions in a window
  /// @param ceil whether a window may stand over the end
  /// @param countPadding whether [#count] includes padding
  /// @return windows, at least one
  public static Windows of(
      int size,
      int kernel,
      int stride,
      int padding,
      int dilation,
      boolean ceil,
      boolean countPadding) {
    int n = Math.toIntExact(count(size, kernel, stride, padding, dilation, ceil));
    int[] start = new int[n];
    int[] end = new int[n];
    int[] count = new int[n];
    for (int o = 0; o < n; o++) {
      // In long: a window may stand far over the end.
      long from = (long) o * stride - padding;
      long to = from + (kernel - 1L) * dilation + 1;
      long skipped = from < 0 ? Math.ceilDiv(-from, dilation) : 0;
      start[o] = (int) (from + skipped * dilation);
      end[o] = (int) Math.min(to, size);
      count[o] =
          countPadding ? (int) (Math.min(to, (long) size + padding) - from) : end[o] - start[o];
    }
    return new Windows(size, dilation, start, end, count, new int[] {kernel, padding, stride});
  }

  /// `outputs` windows that cover the dimension as evenly as whole positions allow.
  ///
  /// @param size positions along the dimension
  /// @param outputs number of windows
  /// @return windows of sizes that differ by one at most
  public static Windows adaptive(int size, int outputs) {
    int[] start = new int[outputs];
    int[] end = new int[outputs];
    int[] count = new int[outputs];
    for (int o = 0; o < outputs; o++) {
      start[o] = (int) ((long) o * size / outputs);
      end[o] = (int) Math.ceilDiv((o + 1L) * size, outputs);
      count[o] = end[o] - start[o];
    }
    return new Windows(size, 1, start, end, count);
  }

  /// Whether the first window is all of the dimension, and nothing else counts.
  boolean isWhole() {
    return start[0] == 0 && end[0] == size && step == 1 && count[0] == size;
  }

  /// The number of windows.
  ///
  /// @return the size of the result along the dimension
  public int outputs() {
    return start.length;
  }

  /// The number of positions that are read.
  ///
  /// @return the size of the operand along the dimension
  public int size() {
    return size;
  }
}
