package dev.gatun.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.Event;
import jdk.jfr.Name;
import org.junit.jupiter.api.Test;

class RecorderSettingsTest {
  private static final Pattern EVENT = Pattern.compile("<event name=\"([^\"]*)\"");

  @Test
  void everyEventHasItsSettings() throws IOException {
    TreeSet<String> events =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.gatun")
                .stream()
                .filter(type -> type.isAssignableTo(Event.class))
                .map(RecorderSettingsTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
    try (InputStream in = getClass().getResourceAsStream("/dev/gatun/gatun.jfc")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      TreeSet<String> settings =
          EVENT
              .matcher(text)
              .results()
              .map(found -> found.group(1))
              .collect(Collectors.toCollection(TreeSet::new));
      events.removeAll(settings);
      assertEquals(Set.of(), events);
    }
  }

  private static String name(JavaClass type) {
    return type.getAnnotationOfType(Name.class).value();
  }
}
