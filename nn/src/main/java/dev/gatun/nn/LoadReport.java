package dev.gatun.nn;

import dev.gatun.memory.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// What became of every name when a state was loaded. [#toString()] is for people.
///
/// @param loaded names of the module that got values, each with its name in the file
/// @param missing names that the module has and the state has not
/// @param unexpected names that the state has and the module has not
/// @param misshaped names whose shapes differ
/// @param misfits names whose dtypes differ in a way that [LoadOptions#dtypes()] does not allow
/// @param converted names whose dtype was converted
/// @param transposed names whose two dimensions were swapped
/// @param tied names that need no values, or bring none, because they are another one's memory;
///   with that one
/// @param ignored names in the file that lie outside of the prefix or are left out by a rule
/// @param prefix what stands before the names in the file, `""` for nothing
public record LoadReport(
    Map<String, String> loaded,
    List<String> missing,
    List<String> unexpected,
    List<Misshaped> misshaped,
    List<Conversion> misfits,
    List<Conversion> converted,
    List<String> transposed,
    Map<String, String> tied,
    List<String> ignored,
    String prefix) {

  private static final int MOST = 20;

  /// Copies the lists and maps, in their order.
  public LoadReport {
    loaded = Collections.unmodifiableMap(new LinkedHashMap<>(loaded));
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    misshaped = List.copyOf(misshaped);
    misfits = List.copyOf(misfits);
    converted = List.copyOf(converted);
    transposed = List.copyOf(transposed);
    tied = Collections.unmodifiableMap(new LinkedHashMap<>(tied));
    ignored = List.copyOf(ignored);
  }

  /// A tensor that does not fit.
  ///
  /// @param name in the module
  /// @param found the shape in the file
  /// @param expected the shape in the module
  public record Misshaped(String name, List<Long> found, List<Long> expected) {
    @Override
    public String toString() {
      return "'%s' has shape %s, module expects %s".formatted(name, text(found), text(expected));
    }

    private static String text(List<Long> shape) {
      return shape.toString().replace(" ", "");
    }
  }

  /// A tensor of another dtype.
  ///
  /// @param name in the module
  /// @param from the dtype in the file
  /// @param to the dtype in the module
  public record Conversion(String name, DType from, DType to) {
    @Override
    public String toString() {
      return "'%s' is %s, module has %s".formatted(name, from, to);
    }
  }

  /// {@return the names that did not match, as PyTorch returns them}
  public IncompatibleKeys keys() {
    return new IncompatibleKeys(missing, unexpected);
  }

  /// {@return whether every name of the module and of the state found its partner}
  public boolean isComplete() {
    return missing.isEmpty() && unexpected.isEmpty() && misshaped.isEmpty() && misfits.isEmpty();
  }

  /// What forbids loading, in one line, or null.
  @Nullable String problems(LoadOptions options) {
    List<String> problems = new ArrayList<>();
    if (options.strict()) {
      addKeys(problems, "missing", missing);
      addKeys(problems, "unexpected", unexpected);
    }
    if (!options.ignoreMisshaped()) {
      misshaped.forEach(each -> problems.add(each.toString()));
    }
    misfits.forEach(each -> problems.add(each.toString()));
    return problems.isEmpty() ? null : String.join("; ", problems);
  }

  private static void addKeys(List<String> problems, String what, List<String> names) {
    if (!names.isEmpty()) {
      problems.add(what + " '" + String.join("', '", names) + "'");
    }
  }

  /// One line for each kind of finding, and one for each name of it.
  @Override
  public String toString() {
    StringJoiner out = new StringJoiner("\n");
    long renamed =
        loaded.entrySet().stream()
            .filter(each -> !Objects.equals(prefix + each.getKey(), each.getValue()))
            .count();
    out.add(
        "loaded %d%s%s"
            .formatted(
                loaded.size(),
                renamed == 0 ? "" : ", %d of them renamed".formatted(renamed),
                prefix.isEmpty() ? "" : ", prefix '%s' stripped".formatted(prefix)));
    section(out, "missing", missing);
    section(out, "unexpected", unexpected);
    section(out, "misshaped", misshaped);
    section(out, "dtypes that do not fit", misfits);
    section(out, "converted", converted);
    section(out, "transposed", transposed);
    section(
        out,
        "tied",
        tied.entrySet().stream().map(each -> each.getKey() + " = " + each.getValue()).toList());
    section(out, "ignored", ignored);
    return out.toString();
  }

  private static void section(StringJoiner out, String title, List<?> items) {
    if (!items.isEmpty()) {
      out.add("%s %d:".formatted(title, items.size()));
      items.stream().limit(MOST).forEach(item -> out.add("  " + item));
      if (items.size() > MOST) {
        out.add("  … and %d more".formatted(items.size() - MOST));
      }
    }
  }
}
