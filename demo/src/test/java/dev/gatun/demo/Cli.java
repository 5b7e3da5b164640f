package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/// Runs the command line inside this JVM.
///
/// @param status the exit status
/// @param out what went to the standard output
/// @param err what went to the standard error
record Cli(int status, String out, String err) {

  static Cli run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(List.of(args).stream().map(Object::toString).toArray(String[]::new));
    return new Cli(status, out.toString(), err.toString());
  }

  /// Runs what has to succeed.
  ///
  /// @return its output, line by line
  static List<String> lines(Object... args) {
    Cli result = run(args);
    assertEquals("", result.err);
    assertEquals(0, result.status);
    return result.out.lines().toList();
  }

  /// Runs what has to be refused, in one line and with status 2.
  ///
  /// @return that line
  static String refusal(Object... args) {
    Cli result = run(args);
    assertEquals(2, result.status, result.err);
    assertEquals(1, result.err.lines().count(), result.err);
    assertFalse(result.err.contains("Exception"), result.err);
    return result.err.strip();
  }
}
