package dev.gatun.bench.compare;

/// Work that is ready to be timed. Used by one thread.
public interface Task {
  /// Something that a library does.
  ///
  /// @param <T> what comes of it
  @FunctionalInterface
  interface Work<T> {
    /// Does it.
    ///
    /// @return the result, in memory that may be the library's
    /// @throws Exception if the library fails
    T get() throws Exception;
  }

  /// How a library's result is read, or given back.
  ///
  /// @param <T> the library's type
  /// @param <R> what it is turned into
  @FunctionalInterface
  interface Use<T, R> {
    /// Takes it.
    ///
    /// @param value the library's
    /// @return what was asked for
    /// @throws Exception if the library fails
    R apply(T value) throws Exception;
  }

  /// A task whose results are given back at once.
  ///
  /// @param <T> the library's type
  /// @param work done again and again
  /// @param read makes a result an array
  /// @param free gives a result back
  /// @return the task
  static <T> Task of(Work<T> work, Use<T, double[]> read, Use<T, ?> free) {
    return new Task() {
      @Override
      public Object run() throws Exception {
        T value = work.get();
        free.apply(value);
        return value;
      }

      @Override
      public double[] result() throws Exception {
        T value = work.get();
        double[] result = read.apply(value);
        free.apply(value);
        return result;
      }
    };
  }

  /// A task whose results need not be given back.
  ///
  /// @param <T> the library's type
  /// @param work done again and again
  /// @param read makes a result an array
  /// @return the task
  static <T> Task of(Work<T> work, Use<T, double[]> read) {
    return of(work, read, value -> value);
  }

  /// Training.
  ///
  /// @param step does a step and returns the loss before it
  /// @return the task
  static Task training(Work<Double> step) {
    return new Task() {
      @Override
      public Object run() throws Exception {
        return step.get();
      }

      @Override
      public double[] result() throws Exception {
        double[] losses = new double[Training.CHECKED_STEPS];
        for (int i = 0; i < losses.length; i++) {
          losses[i] = step.get();
        }
        return losses;
      }
    };
  }

  /// Does it once, or [Workload#repeats()] times.
  ///
  /// @return something that depends on the work, so that it is not optimized away
  /// @throws Exception if the library fails
  Object run() throws Exception;

  /// Does it once and reads the result; of training, the losses before the first three steps.
  /// Called once, before [#run()].
  ///
  /// @return row-major
  /// @throws Exception if the library fails
  double[] result() throws Exception;

  /// Gives everything back.
  ///
  /// @throws Exception if the library fails
  default void close() throws Exception {}
}
