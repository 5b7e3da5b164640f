package dev.gatun.tensor;

import dev.gatun.backend.Backends;
import java.util.List;
import java.util.Locale;

/// A [Program] for people to read.
final class ProgramText {
  private ProgramText() {}

  static String of(List<Step> steps, long planned, long constants) {
    long apart =
        steps.stream().flatMap(s -> s.made.stream()).mapToLong(v -> v.storage.byteSize()).sum();
    StringBuilder text = new StringBuilder();
    text.append(
        "%d steps on %s, %d bytes for results (%d without reuse), %d for constants%n"
            .formatted(
                steps.size(),
                Backends.current().name().toLowerCase(Locale.ROOT),
                planned,
                apart,
                constants));
    for (int i = 0; i < steps.size(); i++) {
      text.append("%4d  %s%n".formatted(i, line(steps.get(i))));
    }
    return text.toString();
  }

  private static String line(Step step) {
    StringBuilder line = new StringBuilder(step.label()).append('(');
    for (int i = 0; i < step.inputs.length; i++) {
      line.append(i == 0 ? "" : ", ").append(Shapes.format(step.inputs[i].shape));
    }
    line.append(')');
    for (Value value : step.made) {
      line.append(line.toString().contains("->") ? ", " : " -> ").append(value.describe());
    }
    return line.toString();
  }
}
