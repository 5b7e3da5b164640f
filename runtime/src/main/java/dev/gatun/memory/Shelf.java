package dev.gatun.memory;

import org.jspecify.annotations.Nullable;

/// Free blocks of one size, in the order in which they came. The links are the blocks' own: putting
/// one away cannot fail for want of heap.
final class Shelf {
  @Nullable Block oldest;
  @Nullable Block newest;

  @Nullable Block pollOldest() {
    Block block = oldest;
    if (block != null) {
      oldest = block.next;
      if (oldest == null) {
        newest = null;
      } else {
        oldest.previous = null;
      }
      block.next = null;
    }
    return block;
  }
}
