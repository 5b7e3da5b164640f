package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class FailureTest {
  /// A command that fails as it is told to.
  @Command(name = "fail")
  static final class Failing implements Callable<Integer> {
    private final Exception failure;

    Failing(Exception failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() throws Exception {
      throw failure;
    }
  }

  private static Cli fail(Exception failure, String... options) {
    StringWriter err = new StringWriter();
    String[] args = new String[options.length + 1];
    args[0] = "fail";
    System.arraycopy(options, 0, args, 1, options.length);
    int status =
        Main.commandLine()
            .addSubcommand(new Failing(failure))
            .setErr(new PrintWriter(err))
            .execute(args);
    return new Cli(status, "", err.toString().strip());
  }

  @Test
  void tellsAMistakeOfItsOwnFromBadInput() {
    Cli result = fail(new IllegalStateException("two\n  lines"));
    assertEquals("gatun fail: two lines; run it with --verbose to see where", result.err());
    assertEquals(1, result.status());
    assertEquals(
        "gatun fail: IllegalStateException; run it with --verbose to see where",
        fail(new IllegalStateException()).err());
  }

  @Test
  void saysWhatAFileSystemDoesNot() {
    assertEquals(
        new Cli(2, "", "gatun fail: permission denied: x"), fail(new AccessDeniedException("x")));
    assertEquals(
        new Cli(2, "", "gatun fail: FileSystemException: x"),
        fail(new UncheckedIOException(new FileSystemException("x"))));
    assertEquals(
        new Cli(2, "", "gatun fail: x: no space left"),
        fail(new FileSystemException("x", null, "no space left")));
  }

  @Test
  void showsWhereWhenAsked() {
    Cli result = fail(new IllegalStateException("broken"), "--verbose");
    assertTrue(result.err().contains(FailureTest.class.getName() + ".showsWhere"), result.err());
  }
}
