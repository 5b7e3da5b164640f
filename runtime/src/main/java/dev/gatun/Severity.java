package dev.gatun;

/// How much a [Finding] matters.
public enum Severity {
  /// As it should be.
  OK,
  /// Works, and could be better.
  ADVICE,
  /// Much slower than this machine can, or about to fail.
  PROBLEM
}
