package dev.gatun.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.ChildJvm;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendEventTest {
  /// Uses what has events: large allocations and long operations.
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      try (var _ = Scope.open()) {
        Tensor x = Tensor.ones(500, 500);
        System.out.println("sum " + x.matmul(x).sum().item());
      }
    }
  }

  /// The first object of any class of an event costs more than all else at a start.
  @Test
  void noEventIsLoadedBeforeSomebodyRecords() throws Exception {
    List<String> flags = new ArrayList<>(ChildJvm.FLAGS);
    flags.add("-Xlog:class+load");
    flags.add("-Dgatun.backend=" + Backends.current());
    ChildJvm end = ChildJvm.run(flags, Program.class);
    assertTrue(end.out().contains("sum 1.25E8"), end.out());
    assertEquals(
        List.of(),
        end.out()
            .lines()
            .filter(line -> line.matches(".*(dev\\.gatun\\.[\\w.]*Event|jdk\\.jfr\\.Event) .*"))
            .toList());
  }

  /// A recording that begins after the choice has it too.
  @Test
  void everyRecordingTellsTheBackend(@TempDir Path folder) throws IOException, ParseException {
    Backend runs = Backends.current();
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording(settings())) {
      recording.start();
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    assertFalse(events.isEmpty());
    RecordedEvent event = events.getFirst();
    assertEquals("dev.gatun.Backend", event.getEventType().getName());
    assertEquals(runs.name(), event.getString("backend"));
    assertEquals(Backends.reason(runs), event.getString("reason"));
    assertEquals(Backends.threads(), event.getInt("threads"));
    assertEquals("", event.getString("vectors"));
  }

  /// The file that is shipped, of which only this event's settings are taken.
  private static Configuration settings() throws IOException, ParseException {
    try (InputStream in = Backends.class.getResourceAsStream("/dev/gatun/gatun.jfc")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      Configuration all = Configuration.create(new StringReader(text));
      Map<String, String> settings = all.getSettings();
      assertTrue(settings.containsKey("dev.gatun.Backend#enabled"), settings.toString());
      return all;
    }
  }
}
