package dev.gatun.natives;

/// Ends the attempt at one candidate.
final class Rejection extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String fix;

  Rejection(String reason, String fix) {
    super(reason);
    this.reason = reason;
    this.fix = fix;
  }

  Rejected of(String candidate) {
    return new Rejected(candidate, reason, fix);
  }

  String reason() {
    return reason;
  }

  String fix() {
    return fix;
  }
}
