package dev.gatun;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Looks at what was asked for.
final class Doctor {
  private Doctor() {}

  static Diagnosis look(Collection<Subject> subjects) {
    Map<Subject, List<Finding>> found = new TreeMap<>();
    // First, because whatever loads the library enables what the JVM was not told to.
    if (subjects.contains(Subject.NATIVE_ACCESS)) {
      found.put(Subject.NATIVE_ACCESS, List.of(NativeAccessCheck.here()));
    }
    for (Subject subject : subjects) {
      found.computeIfAbsent(subject, Doctor::look);
    }
    List<Finding> all = new ArrayList<>();
    found.values().forEach(all::addAll);
    return new Diagnosis(all);
  }

  private static List<Finding> look(Subject subject) {
    return switch (subject) {
      case VECTORS -> List.of(VectorCheck.here());
      case BACKEND -> List.of(BackendCheck.here());
      case OPENBLAS -> LibraryCheck.here();
      case CACHE -> List.of(CacheCheck.here());
      case PROCESSORS -> ProcessorCheck.here();
      case MEMORY -> MemoryCheck.here();
      case HUGE_PAGES -> {
        String tunables = System.getenv().getOrDefault("GLIBC_TUNABLES", "");
        yield List.of(HugePagesCheck.of(SystemFiles.HERE, tunables));
      }
      case NATIVE_ACCESS -> List.of(NativeAccessCheck.here());
    };
  }

  /// One line for the exception when there are problems.
  static String refusal(List<Finding> problems) {
    Finding first = problems.getFirst();
    String more = problems.size() == 1 ? "" : " (and %d more: gatun doctor)";
    return "require: " + first + more.formatted(problems.size() - 1);
  }
}
