package dev.gatun.nn;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// Finds what a file puts before the names of a module: `module.` of a parallel wrapper, `model.`
/// of a checkpoint, or both.
final class Prefixes {
  private static final int TRIED = 8;

  private Prefixes() {}

  /// The prefix under which most names of the module are found, the shortest of these; `""` where
  /// none finds more than the names as they are.
  static String detect(Set<String> own, Set<String> names, KeyMap keys) {
    String best = "";
    long most = found(own, names, "", keys);
    if (most == own.size()) {
      return best;
    }
    for (String candidate : candidates(own, names)) {
      long count = found(own, names, candidate, keys);
      if (count > most || (count == most && count > 0 && candidate.length() < best.length())) {
        best = candidate;
        most = count;
      }
    }
    return best;
  }

  /// Whatever stands before a name that ends like one of the module's first or last ones.
  private static Set<String> candidates(Set<String> own, Set<String> names) {
    Set<String> candidates = new LinkedHashSet<>();
    Set<String> seen = new HashSet<>();
    for (String key : own) {
      if (seen.size() == TRIED) {
        break;
      }
      seen.add(key);
      for (String name : names) {
        if (name.endsWith("." + key)) {
          candidates.add(name.substring(0, name.length() - key.length()));
        }
      }
    }
    return candidates;
  }

  private static long found(Set<String> own, Set<String> names, String prefix, KeyMap keys) {
    return names.stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> keys.apply(name.substring(prefix.length())))
        .filter(mapped -> mapped != null && own.contains(mapped))
        .distinct()
        .count();
  }
}
