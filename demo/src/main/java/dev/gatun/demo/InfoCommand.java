package dev.gatun.demo;

import dev.gatun.Gatun;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `gatun info`: what runs here, and why.
@Command(
    name = "info",
    description = "Show versions, the library that was found, CPU, backend, threads and memory.")
final class InfoCommand implements Runnable {
  private static final long MEBI = 1 << 20;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private BackendOptions backend = new BackendOptions();

  InfoCommand() {}

  @Override
  public void run() {
    backend.checkThreads();
    PrintWriter out = spec.commandLine().getOut();
    out.println(Gatun.info());
    Runtime heap = Runtime.getRuntime();
    out.printf(
        "%-10s%d MiB used, %d MiB at most%n",
        "heap", (heap.totalMemory() - heap.freeMemory()) / MEBI, heap.maxMemory() / MEBI);
    out.flush();
  }
}
