package dev.gatun.demo;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Entry point of the `gatun` command line.
@Command(name = "gatun", mixinStandardHelpOptions = true, version = "gatun 0.1.0-SNAPSHOT")
public final class Main implements Runnable {
  private Main() {}

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  /// Runs a command and exits with its status.
  ///
  /// @param args the command line
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
