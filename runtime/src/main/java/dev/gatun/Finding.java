package dev.gatun;

/// One thing that [Gatun#diagnose()] found.
///
/// @param subject what it is about
/// @param severity how much it matters
/// @param says one line on how it is
/// @param fix one line on what to do, empty where there is nothing
public record Finding(Subject subject, Severity severity, String says, String fix) {
  static Finding ok(Subject subject, String says) {
    return new Finding(subject, Severity.OK, says, "");
  }

  static Finding advice(Subject subject, String says, String fix) {
    return new Finding(subject, Severity.ADVICE, says, fix);
  }

  static Finding problem(Subject subject, String says, String fix) {
    return new Finding(subject, Severity.PROBLEM, says, fix);
  }

  /// One line: what is, and what to do.
  @Override
  public String toString() {
    return subject + ": " + says + (fix.isEmpty() ? "" : "; " + fix);
  }
}
