package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;
import java.util.function.IntConsumer;

/// One step of an optimizer over contiguous memory in one pass: each operand is read once, and what
/// changes is written once. Blocks are copied to arrays first: in a loop over several segments the
/// compiler would bet on the kind of arena that most segments of the process have; parameters have
/// another, and every loop over them would leave the compiled code.
public final class StepKernels {
  /// Elements per task, so that a result does not depend on the number of threads.
  private static final long CHUNK = 32_768;

  private StepKernels() {}

  /// What a step does to a block; called by several threads at once.
  @FunctionalInterface
  public interface Rule {
    /// Changes a block.
    ///
    /// @param blocks the operands, then the temporaries
    void run(StepBlocks blocks);
  }

  /// Changes `n` elements of some of the operands; no two runs overlap.
  ///
  /// @param op what messages call it
  /// @param dtype F32 or F64
  /// @param rule what is done to each block
  /// @param temporaries how many blocks the rule needs beside its operands
  /// @param changed a bit for each operand that is written
  /// @param runs the operands; the array is the kernel's from here on
  /// @param n number of elements
  public static void run(
      String op, DType dtype, Rule rule, int temporaries, int changed, ElementRun[] runs, long n) {
    Job job = new Job(op, dtype, rule, temporaries, changed, runs, n);
    if (n < 2 * CHUNK) {
      job.run(0, n);
      return;
    }
    for (int k = 0; k < runs.length; k++) {
      runs[k] = runs[k].alias();
    }
    Workers.run(Math.toIntExact(Math.ceilDiv(n, CHUNK)), job);
  }

  private static final class Job implements IntConsumer {
    private final String op;
    private final DType dtype;
    private final Rule rule;
    private final int temporaries;
    private final int changed;
    private final ElementRun[] runs;
    private final long n;

    Job(
        String op,
        DType dtype,
        Rule rule,
        int temporaries,
        int changed,
        ElementRun[] runs,
        long n) {
      this.op = op;
      this.dtype = dtype;
      this.rule = rule;
      this.temporaries = temporaries;
      this.changed = changed;
      this.runs = runs;
      this.n = n;
    }

    @Override
    public void accept(int task) {
      long from = task * CHUNK;
      run(from, Math.min(CHUNK, n - from));
    }

    void run(long from, long count) {
      Scratch scratch = Scratch.take();
      int blocks = runs.length + temporaries;
      switch (dtype) {
        case F32 -> f32(new F32StepBlocks(scratch.ensureFloatBlocks(blocks)), from, from + count);
        case F64 -> f64(new F64StepBlocks(scratch.ensureDoubleBlocks(blocks)), from, from + count);
        case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported(op, dtype);
      }
      scratch.release();
    }

    private void f32(F32StepBlocks blocks, long from, long to) {
      for (long at = from; at < to; at += Scratch.BLOCK) {
        blocks.n = (int) Math.min(Scratch.BLOCK, to - at);
        for (int k = 0; k < runs.length; k++) {
          runs[k].read(at, blocks.rows[k], blocks.n);
        }
        rule.run(blocks);
        for (int k = 0; k < runs.length; k++) {
          if ((changed >> k & 1) != 0) {
            runs[k].write(blocks.rows[k], at, blocks.n);
          }
        }
      }
    }

    private void f64(F64StepBlocks blocks, long from, long to) {
      for (long at = from; at < to; at += Scratch.BLOCK) {
        blocks.n = (int) Math.min(Scratch.BLOCK, to - at);
        for (int k = 0; k < runs.length; k++) {
          runs[k].read(at, blocks.rows[k], blocks.n);
        }
        rule.run(blocks);
        for (int k = 0; k < runs.length; k++) {
          if ((changed >> k & 1) != 0) {
            runs[k].write(blocks.rows[k], at, blocks.n);
          }
        }
      }
    }
  }
}
