package dev.gatun.kernel;

import java.util.ArrayList;
import java.util.List;

/// The rows of sequences that are stored step by step. Sequences are sorted by length, longest
/// first, so that those which still run at a step are the first ones.
public final class StepRows {
  private final int[] starts;
  private final boolean reverse;

  /// Rows of which one follows the other in the weights' gradient.
  ///
  /// @param row the first row
  /// @param before the row of the step before it, in the order of the computation; or, where that
  ///   is the initial state, the row of it
  /// @param initial whether it is the initial state
  /// @param count how many
  public record Piece(int row, int before, boolean initial, int count) {}

  /// Makes the rows.
  ///
  /// @param sizes rows of each step, at least one step, none larger than the one before
  /// @param reverse whether the last step is computed first
  public StepRows(long[] sizes, boolean reverse) {
    starts = new int[sizes.length + 1];
    for (int t = 0; t < sizes.length; t++) {
      starts[t + 1] = Math.addExact(starts[t], Math.toIntExact(sizes[t]));
    }
    this.reverse = reverse;
  }

  int steps() {
    return starts.length - 1;
  }

  /// {@return how many rows there are}
  public int rows() {
    return starts[starts.length - 1];
  }

  /// {@return how many sequences there are}
  public int batch() {
    return starts[1];
  }

  /// The first row of a step.
  ///
  /// @param step a step
  /// @return its first row
  public long start(int step) {
    return starts[step];
  }

  /// The rows of a step.
  ///
  /// @param step a step
  /// @return how many
  public int size(int step) {
    return starts[step + 1] - starts[step];
  }

  /// The order of the computation.
  ///
  /// @param i how many steps were computed before
  /// @return the step that is computed then
  public int step(int i) {
    return reverse ? steps() - 1 - i : i;
  }

  /// Rows of a step that were computed at the step before; the others start from the initial state.
  int continued(int step) {
    int before = reverse ? step + 1 : step - 1;
    return before < 0 || before >= steps() ? 0 : Math.min(size(step), size(before));
  }

  /// The first row of the step before, in the order of the computation.
  long before(int step) {
    return starts[reverse ? step + 1 : step - 1];
  }

  /// All rows with those before them, in as few pieces as possible.
  ///
  /// @return pieces in the order of the rows
  public List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    for (int t = 0; t < steps(); t++) {
      int n = continued(t);
      if (n > 0) {
        add(pieces, new Piece(starts[t], (int) before(t), false, n));
      }
      if (n < size(t)) {
        add(pieces, new Piece(starts[t] + n, n, true, size(t) - n));
      }
    }
    return pieces;
  }

  private static void add(List<Piece> pieces, Piece next) {
    if (!pieces.isEmpty()) {
      Piece last = pieces.getLast();
      boolean follows =
          last.initial == next.initial
              && last.row + last.count == next.row
              && last.before + last.count == next.before;
      if (follows) {
        pieces.set(
            pieces.size() - 1,
            new Piece(last.row, last.before, last.initial, last.count + next.count));
        return;
      }
    }
    pieces.add(next);
  }
}
