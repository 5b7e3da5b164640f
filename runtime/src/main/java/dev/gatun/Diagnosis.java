package dev.gatun;

import java.util.List;

/// What is right here and what is not; [#toString()] shows it as a table for people.
///
/// @param findings at least one for each [Subject] that was looked at, in their order
public record Diagnosis(List<Finding> findings) {
  /// Copies the list.
  public Diagnosis {
    findings = List.copyOf(findings);
  }

  /// What makes this process slow or is about to fail.
  ///
  /// @return the findings of [Severity#PROBLEM], empty if all is well
  public List<Finding> problems() {
    return findings.stream().filter(found -> found.severity() == Severity.PROBLEM).toList();
  }

  /// A line for each finding and one below it for what to do; without a line break at the end.
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (Finding found : findings) {
      String mark =
          switch (found.severity()) {
            case OK -> "ok";
            case ADVICE -> "advice";
            case PROBLEM -> "PROBLEM";
          };
      out.append("%-9s%-15s%s%n".formatted(mark, found.subject(), found.says()));
      if (!found.fix().isEmpty()) {
        out.append("%-24s-> %s%n".formatted("", found.fix()));
      }
    }
    return out.toString().stripTrailing();
  }
}
