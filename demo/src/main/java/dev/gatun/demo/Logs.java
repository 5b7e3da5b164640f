package dev.gatun.demo;

import java.util.logging.Level;
import java.util.logging.Logger;

/// How much of the library's log reaches the terminal.
final class Logs {
  // Loggers are held weakly by the JDK: without this field the level would be forgotten.
  private static final Logger LIBRARY = Logger.getLogger("dev.gatun");
  private static final Logger HTTP = Logger.getLogger("org.eclipse.jetty");

  private Logs() {}

  /// Warnings only, each on one line: a command says itself what it runs on.
  static void quiet() {
    System.setProperty("java.util.logging.SimpleFormatter.format", "gatun: %5$s%n");
    LIBRARY.setLevel(Level.WARNING);
    HTTP.setLevel(Level.WARNING);
  }

  /// Everything that the library tells at its ordinary level.
  static void loud() {
    LIBRARY.setLevel(Level.INFO);
    HTTP.setLevel(Level.INFO);
  }
}
