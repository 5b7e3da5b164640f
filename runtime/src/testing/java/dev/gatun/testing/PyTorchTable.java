package dev.gatun.testing;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A page whose tables have PyTorch's names in their first columns and those of the public API in
/// the second.
public record PyTorchTable(List<String> lines) {
  private static final Pattern SIGNATURE = Pattern.compile("`((?:[A-Z]\\w*\\.)*\\w+\\([^`]*\\))`");

  private static final Pattern TYPE = Pattern.compile("`([A-Z]\\w*(?:\\.[A-Z]\\w*)*)`");

  private static final Pattern NAME = Pattern.compile("\\| `([^`]+)`");

  public static PyTorchTable read(Path page) throws IOException {
    return new PyTorchTable(
        Files.readAllLines(page).stream().filter(line -> line.startsWith("|")).toList());
  }

  /// The methods in the second columns.
  public Set<String> signatures() {
    return inSecondColumn(SIGNATURE);
  }

  /// The classes in the second columns.
  public Set<String> types() {
    return inSecondColumn(TYPE);
  }

  private Set<String> inSecondColumn(Pattern pattern) {
    return lines.stream()
        .flatMap(line -> pattern.matcher(line.split("\\|", -1)[2]).results())
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// What starts with `torch` in the first columns.
  public List<String> names() {
    return lines.stream()
        .flatMap(line -> NAME.matcher(line).results().limit(1))
        .map(found -> found.group(1))
        .filter(name -> name.startsWith("torch"))
        .toList();
  }

  /// Names that are in the first columns more than once.
  public Set<String> repeated() {
    List<String> names = names();
    Set<String> again = new TreeSet<>(names);
    again.removeIf(name -> names.indexOf(name) == names.lastIndexOf(name));
    return again;
  }

  /// `add(Tensor, double)`, with the simple names of types.
  public static String signature(Method method) {
    return method.getName()
        + Arrays.stream(method.getParameters())
            .map(parameter -> simple(parameter.getType(), parameter.isVarArgs()))
            .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String simple(Class<?> type, boolean varArgs) {
    String name = type.getSimpleName();
    return varArgs ? name.substring(0, name.length() - 2) + "..." : name;
  }
}
