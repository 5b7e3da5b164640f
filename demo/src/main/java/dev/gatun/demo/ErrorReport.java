package dev.gatun.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Turns whatever went wrong into one line and an exit status.
final class ErrorReport {
  private static final int FAILURE = 1;
  private static final int BAD_INPUT = 2;

  private ErrorReport() {}

  /// The command line itself is wrong.
  static int onParameter(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    print(command, "%s: %s; see %s --help".formatted(name, describe(e), name));
    if (List.of(args).contains("--verbose")) {
      trace(command, e);
    }
    return BAD_INPUT;
  }

  /// The command failed: because of what it was given, or because of itself.
  static int onExecution(Exception e, CommandLine command, ParseResult parsed) {
    boolean badInput = isBadInput(e);
    String name = command.getCommandSpec().qualifiedName();
    String hint = badInput ? "" : "; run it with --verbose to see where";
    print(command, "%s: %s%s".formatted(name, describe(e), hint));
    if (command.getCommandSpec().root().userObject() instanceof Main main && main.verbose()) {
      trace(command, e);
    }
    return badInput ? BAD_INPUT : FAILURE;
  }

  private static boolean isBadInput(Exception e) {
    return e instanceof IOException
        || e instanceof UncheckedIOException
        || e instanceof IllegalArgumentException;
  }

  private static String describe(Throwable e) {
    return switch (e) {
      case UncheckedIOException wrapper when wrapper.getCause() != null ->
          describe(wrapper.getCause());
      case NoSuchFileException missing -> "file not found: " + missing.getFile();
      case AccessDeniedException denied -> "permission denied: " + denied.getFile();
      case FileSystemException failed when failed.getReason() == null ->
          "%s: %s".formatted(failed.getClass().getSimpleName(), failed.getFile());
      default -> oneLine(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    };
  }

  private static String oneLine(String message) {
    return message.lines().map(String::strip).collect(Collectors.joining(" "));
  }

  private static void print(CommandLine command, String line) {
    PrintWriter err = command.getErr();
    err.println(line);
    err.flush();
  }

  private static void trace(CommandLine command, Exception e) {
    e.printStackTrace(command.getErr());
    command.getErr().flush();
  }
}
