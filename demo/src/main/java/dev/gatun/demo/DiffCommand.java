package dev.gatun.demo;

import dev.gatun.demo.inspect.Difference;
import dev.gatun.demo.inspect.Table;
import dev.gatun.io.TensorFile;
import dev.gatun.io.TensorInfo;
import dev.gatun.nn.Activations;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatun diff`: two sets of activations, layer by layer.
@Command(
    name = "diff",
    description = {
      "Compare two files of tensors name by name, in the order of the first, and name the first"
          + " tensor that departs: |a - b| > atol + rtol |b|.",
      "Made for recorded activations (Activations.record), but any two files will do. The exit"
          + " status is 1 when a tensor departs."
    })
final class DiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "A", description = "A file of tensors.")
  private Path a = Path.of("");

  @Parameters(index = "1", paramLabel = "B", description = "The file that it should agree with.")
  private Path b = Path.of("");

  @Option(
      names = "--rtol",
      paramLabel = "R",
      defaultValue = "1e-4",
      description = "Relative tolerance (default: ${DEFAULT-VALUE}).")
  private double rtol;

  @Option(
      names = "--atol",
      paramLabel = "T",
      defaultValue = "1e-5",
      description = "Absolute tolerance (default: ${DEFAULT-VALUE}).")
  private double atol;

  @Mixin private BackendOptions backend = new BackendOptions();

  DiffCommand() {}

  @Override
  public Integer call() throws IOException {
    if (!(rtol >= 0) || !(atol >= 0)) {
      throw new IllegalArgumentException(
          "--rtol and --atol must not be negative, got %s and %s".formatted(rtol, atol));
    }
    backend.choose();
    try (TensorFile left = TensorFile.open(a);
        TensorFile right = TensorFile.open(b)) {
      return compare(left, right);
    }
  }

  private int compare(TensorFile left, TensorFile right) throws IOException {
    List<String> names = Activations.order(names(left), left.metadata());
    Set<String> others = new TreeSet<>(names(right));
    List<String> common = names.stream().filter(others::contains).toList();
    if (common.isEmpty()) {
      throw new IllegalArgumentException(
          "no tensor has the same name in both: %s, %s".formatted(a, b));
    }
    Table table = new Table(2, "name", "shape", "max abs", "max rel", "beyond");
    String first = null;
    for (String name : common) {
      String departure = compare(name, left.tensor(name), right.tensor(name), table);
      first = first == null ? departure : first;
    }
    PrintWriter out = spec.commandLine().getOut();
    table.print(out);
    only(out, a, names, common);
    only(out, b, others, common);
    out.println(
        first == null ? "all %d agree".formatted(common.size()) : "first to depart: " + first);
    out.flush();
    return first == null ? 0 : 1;
  }

  private static List<String> names(TensorFile file) throws IOException {
    return file.list().stream().map(TensorInfo::name).toList();
  }

  private @Nullable String compare(String name, Tensor x, Tensor y, Table table) {
    String shape = text(x);
    if (!Arrays.equals(x.shape(), y.shape())) {
      table.row(name, shape, "-", "-", "shape");
      return "%s: shapes %s and %s".formatted(name, shape, text(y));
    }
    Difference d = Difference.of(x, y, rtol, atol);
    String absolute = Table.number(d.absolute());
    String relative = Table.number(d.relative());
    table.row(name, shape, absolute, relative, d.beyond() + "/" + x.numel());
    if (d.beyond() == 0) {
      return null;
    }
    return "%s: max abs %s, max rel %s, first at %s"
        .formatted(name, absolute, relative, Difference.index(d.at(), x.shape()));
  }

  private static String text(Tensor tensor) {
    return Arrays.toString(tensor.shape()).replace(" ", "");
  }

  private static void only(
      PrintWriter out, Path file, Iterable<String> names, List<String> common) {
    for (String name : names) {
      if (!common.contains(name)) {
        out.println("only in %s: %s".formatted(file, name));
      }
    }
  }
}
