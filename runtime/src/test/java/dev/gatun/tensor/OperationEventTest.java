package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;

class OperationEventTest {
  @Test
  void tellsOfOperationsThatTakeLong() throws IOException {
    List<RecordedEvent> events;
    try (Recording recording = new Recording();
        var _ = Scope.open("test")) {
      recording.enable("dev.gatun.Operation").withThreshold(Duration.ofNanos(1));
      recording.start();
      Tensor a = Tensor.ones(200, 300);
      Tensor _ = a.matmul(Tensor.ones(300, 100));
      try (Program program =
          Program.trace(in -> List.of(in.getFirst().exp()), List.of(Tensor.ones(7)))) {
        List<Tensor> _ = program.run(List.of(Tensor.ones(7)));
      }
      recording.stop();
      Path file = Files.createTempFile("operations", ".jfr");
      try {
        recording.dump(file);
        events = RecordingFile.readAllEvents(file);
      } finally {
        Files.delete(file);
      }
    }
    RecordedEvent product = first(events, "matMul");
    assertEquals("F32 [200,300], F32 [300,100]", product.getString("operands"));
    double nanos = product.getDuration().toNanos();
    double expected = 2.0 * 200 * 300 * 100 / nanos;
    double gflops = product.getDouble("gflops");
    assertTrue(gflops > 0 && gflops <= 2 * expected, gflops + " of some " + expected);
    // Once in a trace, which is not timed, and once in a run.
    assertEquals("F32 [7]", first(events, "exp").getString("operands"));
  }

  private static RecordedEvent first(List<RecordedEvent> events, String operation) {
    return events.stream()
        .filter(e -> e.getEventType().getName().equals("dev.gatun.Operation"))
        .filter(e -> operation.equals(e.getString("operation")))
        .findFirst()
        .orElseThrow();
  }
}
