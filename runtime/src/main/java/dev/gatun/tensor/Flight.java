package dev.gatun.tensor;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Times operations for the flight recorder.
final class Flight {
  private Flight() {}

  /// Runs an operation, and records it if it takes long. For when somebody records.
  static <T> T time(String name, Supplier<T> body, Tensor... operands) {
    OperationEvent event = new OperationEvent();
    if (!event.isEnabled()) {
      return body.get();
    }
    try (MultiplyAdds work = MultiplyAdds.open()) {
      long start = System.nanoTime();
      event.begin();
      T result = body.get();
      event.end();
      long nanos = System.nanoTime() - start;
      if (event.shouldCommit()) {
        event.operation = name;
        event.operands =
            Arrays.stream(operands)
                .map(x -> x.dtype + " " + Shapes.format(x.shape))
                .collect(Collectors.joining(", "));
        event.gflops = 2.0 * work.count() / nanos;
        event.commit();
      }
      return result;
    }
  }
}
