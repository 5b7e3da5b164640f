package dev.gatun;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A mounted file system.
///
/// @param point where
/// @param type such as `ext4`
/// @param options such as `rw`, `noexec`
record Mount(String point, String type, List<String> options) {
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

  /// The one that holds a path, or an unknown one.
  static Mount of(Path path, SystemFiles files) {
    Mount found = new Mount("", "", List.of());
    for (String line : files.lines("proc/self/mountinfo")) {
      int dash = line.indexOf(" - ");
      String[] left = line.split(" ", 7);
      String[] right = dash < 0 ? new String[0] : line.substring(dash + 3).split(" ", 3);
      if (left.length < 7 || right.length < 3) {
        continue;
      }
      String point = unescaped(left[4]);
      // What was mounted later hides what was there before.
      if (isBelow(point, path.toString()) && point.length() >= found.point.length()) {
        found = new Mount(point, right[0], options(left[5] + "," + right[2]));
      }
    }
    return found;
  }

  private static boolean isBelow(String point, String path) {
    return path.equals(point) || path.startsWith(point.endsWith("/") ? point : point + "/");
  }

  boolean isReadOnly() {
    return options.contains("ro");
  }

  boolean forbidsExecution() {
    return options.contains("noexec");
  }

  private static List<String> options(String text) {
    return Arrays.stream(text.split(",", -1)).distinct().toList();
  }

  /// Blanks are written as `\040`.
  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(found -> {
          char c = (char) Integer.parseInt(found.group(1), 8);
          return Matcher.quoteReplacement(String.valueOf(c));
        });
  }
}
