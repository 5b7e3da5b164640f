package dev.gatun.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
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
