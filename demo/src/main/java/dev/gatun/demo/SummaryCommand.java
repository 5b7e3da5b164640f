package dev.gatun.demo;

import dev.gatun.demo.model.ModelFile;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Summary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatun summary`: the layers of a saved network.
@Command(
    name = "summary",
    description =
        "Show the layers of a network that gatun train saved: output shapes, parameters, memory and"
            + " floating operations.")
final class SummaryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "What gatun train --out wrote.")
  private Path model = Path.of("");

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description = "Inputs at once (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Mixin private BackendOptions backend = new BackendOptions();

  SummaryCommand() {}

  @Override
  public Integer call() throws IOException {
    if (batch < 1) {
      throw new IllegalArgumentException("--batch must be 1 or more, got " + batch);
    }
    backend.choose();
    try (var _ = Scope.open("summary");
        ModelFile.Loaded loaded = ModelFile.load(model)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(Summary.of(loaded.network(), batch, loaded.shape().sizes().getFirst()));
      out.flush();
    }
    return 0;
  }
}
