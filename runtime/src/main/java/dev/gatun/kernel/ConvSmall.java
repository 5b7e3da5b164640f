package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;

/// Small images that are computed side by side.
final class ConvSmall {
  private ConvSmall() {}

  /// Brings the output planes of one group of some images to `[filters, images * pixels]`.
  static void gather(
      ConvGeometry s,
      ElementRun y,
      long first,
      int images,
      int group,
      int bytes,
      MemorySegment into) {
    long run = (long) s.pixels * bytes;
    for (int i = 0; i < images; i++) {
      long from = y.at(s.outputAt(first + i, group), bytes);
      for (int f = 0; f < s.filters; f++) {
        MemorySegment.copy(y.memory(), from + f * run, into, ((long) f * images + i) * run, run);
      }
    }
  }
}
