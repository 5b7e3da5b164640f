package dev.gatun.memory.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds places in one block for pieces of memory of which not all are needed at a time.
///
/// The largest piece comes first, and each goes to the lowest gap that it fits into beside those
/// that are placed and alive at the same time: "Greedy by Size" of Pisarchyk and Lee, Efficient
/// Memory Management for Deep Neural Net Inference, 2020.
public final class Places {
  /// Every offset is a multiple of so many bytes.
  public static final long ALIGNMENT = 64;

  /// A piece of memory.
  ///
  /// @param bytes its size
  /// @param from the first moment at which it is needed
  /// @param to the last one
  public record Piece(long bytes, int from, int to) {
    private boolean meets(Piece other) {
      return from <= other.to && other.from <= to;
    }
  }

  private final List<Piece> pieces = new ArrayList<>();
  private long[] offsets = {};
  private long size;

  /// Starts with nothing placed.
  public Places() {}

  /// Adds a piece.
  ///
  /// @param piece what needs a place
  /// @return its number, for [#offset]
  public int add(Piece piece) {
    pieces.add(piece);
    return pieces.size() - 1;
  }

  /// Finds a place for each piece.
  ///
  /// @return the size of the block
  public long arrange() {
    offsets = new long[pieces.size()];
    size = 0;
    List<Integer> placed = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingLong((Integer i) -> pieces.get(i).bytes()).reversed());
    for (int i : order) {
      offsets[i] = lowest(pieces.get(i), placed);
      size = Math.max(size, offsets[i] + room(i));
      int at = 0;
      while (at < placed.size() && offsets[placed.get(at)] <= offsets[i]) {
        at++;
      }
      placed.add(at, i);
    }
    return size;
  }

  /// The lowest offset at which nothing is that is alive at the same time; `placed` is in the order
  /// of offsets.
  private long lowest(Piece piece, List<Integer> placed) {
    long room = Math.ceilDiv(piece.bytes(), ALIGNMENT) * ALIGNMENT;
    long at = 0;
    for (int other : placed) {
      if (pieces.get(other).meets(piece)) {
        if (offsets[other] - at >= room) {
          return at;
        }
        at = Math.max(at, offsets[other] + room(other));
      }
    }
    return at;
  }

  private long room(int i) {
    return Math.ceilDiv(pieces.get(i).bytes(), ALIGNMENT) * ALIGNMENT;
  }

  /// Tells where a piece is, after [#arrange].
  ///
  /// @param piece its number
  /// @return bytes from the start of the block, a multiple of 64
  public long offset(int piece) {
    return offsets[piece];
  }

  /// Tells the size of the block, after [#arrange].
  ///
  /// @return bytes
  public long size() {
    return size;
  }
}
