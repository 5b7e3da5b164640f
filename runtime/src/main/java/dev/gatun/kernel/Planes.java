package dev.gatun.kernel;

/// The planes of a walk that its last dim and another one span, each cut into blocks of rows along
/// the other.
///
/// @param across the other dim
/// @param side rows of a block
record Planes(Walk walk, int across, int side) {

  /// One block of a plane.
  @FunctionalInterface
  interface Block {
    /// Works on the rows.
    ///
    /// @param starts where the first row is, in bytes, of each operand
    /// @param rows of the block
    void run(long[] starts, long rows);
  }

  /// Runs over all blocks, on all threads where the walk is large.
  void run(Block block) {
    long plane = walk.size(walk.dims() - 1) * walk.size(across);
    long blocks = Math.ceilDiv(walk.size(across), (long) side);
    int tasks = Math.toIntExact(walk.elements() / plane * blocks);
    if (walk.isLarge()) {
      Workers.run(tasks, t -> run(block, t / blocks, t % blocks * side));
    } else {
      for (int t = 0; t < tasks; t++) {
        run(block, t / blocks, t % blocks * side);
      }
    }
  }

  /// The block that begins at row `j` of plane `which`.
  private void run(Block block, long which, long j) {
    long[] starts = new long[walk.operands()];
    for (int k = 0; k < starts.length; k++) {
      starts[k] = walk.start(k) + j * walk.stride(k, across);
    }
    long rest = which;
    for (int d = walk.dims() - 2; d >= 0; d--) {
      if (d != across) {
        long index = rest % walk.size(d);
        rest /= walk.size(d);
        for (int k = 0; k < starts.length; k++) {
          starts[k] += index * walk.stride(k, d);
        }
      }
    }
    block.run(starts, Math.min(side, walk.size(across) - j));
  }
}
