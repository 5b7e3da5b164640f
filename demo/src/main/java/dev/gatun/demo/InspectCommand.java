package dev.gatun.demo;

import dev.gatun.demo.inspect.Skeleton;
import dev.gatun.demo.inspect.Statistics;
import dev.gatun.demo.inspect.Table;
import dev.gatun.io.TensorFile;
import dev.gatun.io.TensorInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatun inspect`: what is in a file of tensors.
@Command(
    name = "inspect",
    description = {
      "List the tensors of a file: safetensors or the index of a sharded set, PyTorch's .pt, .npy,"
          + " .npz. The content tells which.",
      "Of each: name, dtype, shape, bytes, and min, max, mean, standard deviation and the number of"
          + " NaNs of its elements."
    })
final class InspectCommand implements Callable<Integer> {
  private static final int LONGEST_TEXT = 100;
  private static final int MOST_TEXTS = 50;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "A file of tensors.")
  private Path file = Path.of("");

  @Option(
      names = "--no-stats",
      description = "Leave out the statistics: nothing but the headers is read.")
  private boolean noStatistics;

  @Option(
      names = "--skeleton",
      description = "Print the Java module that the names and shapes hint at, and nothing else.")
  private boolean skeleton;

  @Option(
      names = "--name",
      paramLabel = "CLASS",
      defaultValue = "Model",
      description = "What that module is called (default: ${DEFAULT-VALUE}).")
  private String name = "Model";

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Look at the tensors of this prefix alone, such as model., and leave it out.")
  private String prefix = "";

  @Mixin private BackendOptions backend = new BackendOptions();

  InspectCommand() {}

  @Override
  public Integer call() throws IOException {
    backend.choose();
    PrintWriter out = spec.commandLine().getOut();
    try (TensorFile opened = TensorFile.open(file)) {
      if (skeleton) {
        out.print(Skeleton.of(name, listed(opened).stream().map(this::stripped).toList()));
      } else {
        list(opened, out);
      }
    }
    out.flush();
    return 0;
  }

  private List<TensorInfo> listed(TensorFile opened) throws IOException {
    List<TensorInfo> list =
        opened.list().stream().filter(info -> info.name().startsWith(prefix)).toList();
    if (list.isEmpty() && !prefix.isEmpty()) {
      throw new IllegalArgumentException("no tensor begins with --prefix '%s'".formatted(prefix));
    }
    return list;
  }

  private TensorInfo stripped(TensorInfo info) {
    return new TensorInfo(
        info.name().substring(prefix.length()),
        info.storedAs(),
        info.dtype(),
        info.shape(),
        info.bytes());
  }

  private void list(TensorFile opened, PrintWriter out) throws IOException {
    List<TensorInfo> list = listed(opened);
    long elements = list.stream().mapToLong(TensorInfo::numel).sum();
    long bytes = list.stream().mapToLong(TensorInfo::bytes).sum();
    out.println(
        "%s: %s, %d tensors, %,d elements, %,d bytes"
            .formatted(file, opened.format(), list.size(), elements, bytes));
    Table table =
        noStatistics
            ? new Table(3, "name", "dtype", "shape", "bytes")
            : new Table(3, "name", "dtype", "shape", "bytes", "min", "max", "mean", "std", "NaN");
    for (TensorInfo info : list) {
      String shape = info.shape().toString().replace(" ", "");
      String size = Long.toString(info.bytes());
      if (noStatistics) {
        table.row(stripped(info).name(), info.storedAs(), shape, size);
      } else if (info.dtype() == null) {
        table.row(stripped(info).name(), info.storedAs(), shape, size, "?", "?", "?", "?", "?");
      } else {
        Statistics s = Statistics.of(opened.tensor(info.name()));
        table.row(
            stripped(info).name(),
            info.storedAs(),
            shape,
            size,
            Table.number(s.min()),
            Table.number(s.max()),
            Table.number(s.mean()),
            Table.number(s.std()),
            Long.toString(s.nans()));
      }
    }
    table.print(out);
    opened.shared().forEach(group -> out.println("one memory: " + String.join(" = ", group)));
    texts(opened.metadata(), out);
  }

  private static void texts(Map<String, String> metadata, PrintWriter out) {
    metadata.entrySet().stream()
        .limit(MOST_TEXTS)
        .forEach(
            text -> out.println("%s: %s".formatted(text.getKey(), shortened(text.getValue()))));
    if (metadata.size() > MOST_TEXTS) {
      out.println("… and %d more texts".formatted(metadata.size() - MOST_TEXTS));
    }
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "…";
  }
}
