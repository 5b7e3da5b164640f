package dev.gatun.demo;

import dev.gatun.Gatun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "info", description = "Show versions, the library that was found, and memory.")
final class InfoCommand implements Callable<Integer> {
  InfoCommand() {}

  @Override
  public Integer call() {
    System.out.println(Gatun.version());
    return 0;
  }
}
