package dev.gatun.kernel;

import dev.gatun.memory.DType;
import org.jspecify.annotations.Nullable;

/// One layer of a recurrent network over whole sequences, in one direction, from the sums of all
/// inputs: at each step one product for the hidden state and one pass over the gates. Everything is
/// contiguous. Results do not depend on the number of threads.
public final class RecurrentKernels {
  private RecurrentKernels() {}

  /// What forward and backward have in common.
  ///
  /// @param cell what is computed
  /// @param dtype F32 or F64, of everything
  /// @param rows the rows of the sequences
  /// @param hidden elements of a hidden state
  /// @param weight `[gates hidden, hidden]`
  public record Problem(
      RecurrentCell cell, DType dtype, StepRows rows, int hidden, ElementRun weight) {
    /// Elements of a row of the gates.
    ///
    /// @return the kept ones, or of cells that keep none those of the hidden state
    public int width() {
      return hidden * Math.max(1, cell.kept());
    }
  }

  /// What a layer computes in; rows are those of all steps unless said otherwise.
  ///
  /// @param gates `[rows, width]`: first the sums of the inputs in the leading columns, then the
  ///   activated gates. Of a cell that keeps none this is the output
  /// @param output the hidden state after each step, `[rows, hidden]`
  /// @param h `[batch, hidden]`: first the initial, then the last hidden state
  /// @param c the same of the cell's state; null unless there is one
  /// @param before the cell's state before each step, `[rows, hidden]`; null where backward is not
  ///   going to ask
  /// @param bias of the hidden part, `[gates hidden]`; null for none, and for cells whose sums of
  ///   the inputs have it already
  /// @param scratch `[batch, gates hidden]` for [RecurrentCell#GRU], else null
  public record State(
      ElementRun gates,
      ElementRun output,
      ElementRun h,
      @Nullable ElementRun c,
      @Nullable ElementRun before,
      @Nullable ElementRun bias,
      @Nullable ElementRun scratch) {}

  /// What backward computes in.
  ///
  /// @param gates the activated gates, or the output of a cell that keeps none
  /// @param output the hidden state after each step
  /// @param before the cell's state before each step; null unless there is one
  /// @param h0 the initial hidden state
  /// @param g gradient with respect to the output, or null
  /// @param dh `[batch, hidden]`: first the gradient with respect to the last hidden state, then to
  ///   the initial one
  /// @param dc the same of the cell's state; null unless there is one
  /// @param d gradient with respect to the sums, `[rows, width]`; of [RecurrentCell#GRU] those of
  ///   n, r, z and the hidden part of n, in this order
  public record Slopes(
      ElementRun gates,
      ElementRun output,
      @Nullable ElementRun before,
      ElementRun h0,
      @Nullable ElementRun g,
      ElementRun dh,
      @Nullable ElementRun dc,
      ElementRun d) {}

  /// Runs all steps.
  ///
  /// @param p the problem
  /// @param s what is read and written
  public static void forward(Problem p, State s) {
    try (RecurrentForward pass = new RecurrentForward(p, s)) {
      pass.run();
    }
  }

  /// Runs all steps back.
  ///
  /// @param p the problem, as it was given to [#forward]
  /// @param s what is read and written
  public static void backward(Problem p, Slopes s) {
    try (RecurrentBackward pass = new RecurrentBackward(p, s)) {
      pass.run();
    }
  }

  /// A run that may not be there.
  static @Nullable PlainRun plain(@Nullable ElementRun run, long n, int bytes) {
    return run == null ? null : PlainRun.of(run, n, bytes);
  }

  static long address(@Nullable PlainRun run) {
    return run == null ? 0 : run.address();
  }

  static void close(@Nullable PlainRun run) {
    if (run != null) {
      run.close();
    }
  }

  static void store(@Nullable PlainRun run) {
    if (run != null) {
      run.store();
    }
  }

  /// The loop over some rows of one step.
  @FunctionalInterface
  interface Rows {
    void run(int step, int from, int to);
  }

  /// Elements of the gates that are worth a task of their own.
  private static final int CHUNK = 1 << 16;

  /// Runs the rows of a step, on several threads where there are many.
  static void inRows(Problem p, int step, Rows body) {
    int rows = p.rows.size(step);
    int each = Math.max(1, CHUNK / Math.max(1, p.width()));
    if (rows <= each) {
      body.run(step, 0, rows);
    } else {
      int tasks = Math.ceilDiv(rows, each);
      Workers.run(tasks, i -> body.run(step, i * each, Math.min(rows, (i + 1) * each)));
    }
  }
}
