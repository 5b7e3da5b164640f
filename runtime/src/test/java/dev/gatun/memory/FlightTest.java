package dev.gatun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Lifetimes.class)
final class FlightTest {
  private static final long MIB = 1 << 20;

  @TempDir Path folder = Path.of("");

  private List<RecordedEvent> record(String setting, Runnable body) throws Exception {
    Path file = Files.createTempFile(folder, "gatun", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable("dev.gatun.Allocation").with("minimumSize", setting);
      recording.enable("dev.gatun.PoolGrowth");
      recording.enable("dev.gatun.BudgetRefusal");
      recording.enable("dev.gatun.Leak");
      recording.start();
      body.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file);
  }

  private static List<RecordedEvent> of(String name, List<RecordedEvent> events) {
    return events.stream().filter(e -> e.getEventType().getName().equals(name)).toList();
  }

  @Test
  void allocationsOverTheThresholdAndWhatThePoolTakesAreRecorded() throws Exception {
    MemoryStats.trim();
    List<RecordedEvent> events =
        record(
            "2m",
            () -> {
              try (Scope scope = Scope.open("step")) {
                Storage.allocate(100).markModified();
                Storage.allocate(MIB).markModified();
                Storage.allocate(3 * MIB).markModified();
                assertEquals(3, scope.allocations());
              }
              Storage.allocateShared(2 * MIB).free();
            });
    List<RecordedEvent> allocations = of("dev.gatun.Allocation", events);
    assertEquals(2, allocations.size());
    assertEquals(3 * MIB, allocations.get(0).getLong("bytes"));
    assertEquals("scope 'step'", allocations.get(0).getString("owner"));
    assertEquals("a shared lifetime", allocations.get(1).getString("owner"));
    assertTrue(
        allocations.get(0).getStackTrace().getFrames().stream()
            .anyMatch(frame -> frame.getMethod().getType().getName().endsWith("FlightTest")));
    assertTrue(
        of("dev.gatun.PoolGrowth", events).stream()
            .anyMatch(e -> e.getLong("bytes") == 3 * MIB && e.getDuration("took").toNanos() > 0));
  }

  @Test
  void refusalsAndLeaksAreRecorded() throws Exception {
    List<RecordedEvent> events =
        record(
            "1g",
            () -> {
              try (Scope scope = Scope.open("small", 1000)) {
                assertThrows(MemoryBudgetException.class, () -> Storage.allocate(5000));
                assertEquals(0, scope.bytes());
              }
              LeakReports.add(new Leak(Leak.Kind.SCOPE, "scope 'planted'", 77, "main", List.of()));
            });
    assertEquals(List.of(), of("dev.gatun.Allocation", events));
    RecordedEvent refusal = of("dev.gatun.BudgetRefusal", events).getFirst();
    assertEquals("scope 'small'", refusal.getString("budget"));
    assertEquals(5000, refusal.getLong("bytes"));
    assertEquals(1000, refusal.getLong("limit"));
    RecordedEvent leak =
        of("dev.gatun.Leak", events).stream()
            .filter(e -> e.getLong("bytes") == 77)
            .findFirst()
            .orElseThrow();
    assertEquals("SCOPE", leak.getString("kind"));
    assertEquals("scope 'planted'", leak.getString("what"));
  }
}
