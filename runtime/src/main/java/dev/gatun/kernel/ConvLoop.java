package dev.gatun.kernel;

import java.util.function.IntConsumer;

/// Tasks of a convolution, for the workers where there is enough to do.
final class ConvLoop {
  /// Multiplications below which a second thread costs more than it brings.
  private static final double WORTH = 4e6;

  private ConvLoop() {}

  /// @param work multiplications of all tasks
  static void run(double work, int tasks, IntConsumer task) {
    if (work >= WORTH) {
      Workers.run(tasks, task);
      return;
    }
    for (int i = 0; i < tasks; i++) {
      task.accept(i);
    }
  }
}
