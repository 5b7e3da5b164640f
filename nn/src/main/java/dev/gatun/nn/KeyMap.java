package dev.gatun.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How the names in a file become those of a module: rules that run one after the other, each on
/// what the one before made of a name.
///
/// ```java
/// KeyMap.identity()
///     .stripPrefix("transformer.")
///     .rename("h\\.(\\d+)\\.", "blocks.$1.")
///     .transpose("blocks\\.\\d+\\.mlp\\..*weight") // GPT-2's Conv1D holds [in, out]
///     .drop(".*\\.attn\\.bias")
/// ```
public final class KeyMap {
  private static final KeyMap IDENTITY = new KeyMap(List.of(), List.of());

  private final List<UnaryOperator<@Nullable String>> rules;
  private final List<Pattern> transposed;

  private KeyMap(List<UnaryOperator<@Nullable String>> rules, List<Pattern> transposed) {
    this.rules = rules;
    this.transposed = transposed;
  }

  /// {@return the map that leaves every name}
  public static KeyMap identity() {
    return IDENTITY;
  }

  /// Takes a prefix from the names that have it.
  ///
  /// @param prefix such as `module.`
  /// @return this map and one rule more
  public KeyMap stripPrefix(String prefix) {
    return with(name -> name.startsWith(prefix) ? name.substring(prefix.length()) : name);
  }

  /// Puts a prefix before all names.
  ///
  /// @param prefix such as `encoder.`
  /// @return this map and one rule more
  public KeyMap addPrefix(String prefix) {
    return with(name -> prefix + name);
  }

  /// Replaces every match of a pattern in a name.
  ///
  /// @param regex a [Pattern]
  /// @param replacement where `$1` is the first group
  /// @return this map and one rule more
  /// @throws IllegalArgumentException if the pattern is none
  public KeyMap rename(String regex, String replacement) {
    Pattern pattern = Pattern.compile(regex);
    return with(name -> pattern.matcher(name).replaceAll(replacement));
  }

  /// Gives single names others.
  ///
  /// @param names the new name by the old one
  /// @return this map and one rule more
  public KeyMap replace(Map<String, String> names) {
    Map<String, String> copy = Map.copyOf(names);
    return with(name -> copy.getOrDefault(name, name));
  }

  /// Leaves out names, which are then neither loaded nor reported as unexpected.
  ///
  /// @param regex a [Pattern] for whole names
  /// @return this map and one rule more
  /// @throws IllegalArgumentException if the pattern is none
  public KeyMap drop(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return with(name -> pattern.matcher(name).matches() ? null : name);
  }

  /// Swaps the two dimensions of weights that the file holds the other way round.
  ///
  /// @param regex a [Pattern] for whole names, as the module has them
  /// @return this map and one rule more
  /// @throws IllegalArgumentException if the pattern is none
  public KeyMap transpose(String regex) {
    List<Pattern> more = new ArrayList<>(transposed);
    more.add(Pattern.compile(regex));
    return new KeyMap(rules, List.copyOf(more));
  }

  private KeyMap with(UnaryOperator<@Nullable String> rule) {
    List<UnaryOperator<@Nullable String>> more = new ArrayList<>(rules);
    more.add(rule);
    return new KeyMap(List.copyOf(more), transposed);
  }

  /// What the rules make of a name.
  ///
  /// @param name in the file
  /// @return the name in the module, or null where it is left out
  public @Nullable String apply(String name) {
    String mapped = name;
    for (UnaryOperator<@Nullable String> rule : rules) {
      if (mapped == null) {
        return null;
      }
      mapped = rule.apply(mapped);
    }
    return mapped;
  }

  /// Tells whether the two dimensions of a weight are swapped.
  ///
  /// @param name in the module
  /// @return whether a rule says so
  public boolean isTransposed(String name) {
    return transposed.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }
}
