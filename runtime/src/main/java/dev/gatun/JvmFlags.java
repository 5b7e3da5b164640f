package dev.gatun;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What this JVM was started with, as far as the system tells: its command line and the variables
/// that it reads.
///
/// @param arguments in their order
record JvmFlags(List<String> arguments) {
  static JvmFlags here() {
    List<String> arguments = new ArrayList<>();
    for (String variable : List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS")) {
      String value = System.getenv(variable);
      if (value != null) {
        arguments.addAll(List.of(value.strip().split("\\s+", -1)));
      }
    }
    ProcessHandle.current()
        .info()
        .arguments()
        .ifPresent(found -> arguments.addAll(Arrays.asList(found)));
    return new JvmFlags(arguments);
  }

  /// What follows the last flag that begins so, such as `-XX:ActiveProcessorCount=`, or nothing.
  String value(String prefix) {
    return arguments.stream()
        .filter(argument -> argument.startsWith(prefix))
        .map(argument -> argument.substring(prefix.length()))
        .reduce("", (before, last) -> last);
  }

  /// The first flag that begins so, or nothing.
  String find(String prefix) {
    return arguments.stream()
        .filter(argument -> argument.startsWith(prefix))
        .findFirst()
        .orElse("");
  }
}
