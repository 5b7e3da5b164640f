package dev.gatun.demo;

import dev.gatun.demo.compare.Comparison;
import dev.gatun.demo.compare.ComparisonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `gatun compare`: the same work on native BLAS, on the Vector API and on plain Java.
@Command(
    name = "compare",
    description = {
      "Time the same products, inference and training step on every backend that runs here.",
      "It takes less than a minute; other work on the machine shows in the numbers."
    })
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  @Option(
      names = "--quick",
      hidden = true,
      description = "Small sizes and few repetitions: the numbers mean nothing.")
  private boolean quick;

  CompareCommand() {}

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Worker threads; all cores unless given.")
  void threads(int count) {
    if (count < 1 || count > BackendOptions.MAX_THREADS) {
      throw new ParameterException(spec.commandLine(), BackendOptions.threadsMessage(count));
    }
    System.setProperty("gatun.threads", Integer.toString(count));
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Comparison comparison = Comparison.measure(quick);
    if (json) {
      ComparisonWriter.json(comparison, out);
    } else {
      ComparisonWriter.table(comparison, out);
    }
    out.flush();
    return 0;
  }
}
