package dev.gatun.bench.compare;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What `bench/compare` was asked for.
///
/// @param speed how thoroughly to measure
/// @param withPeers whether other libraries are measured too
/// @param threads how many, one run after another
/// @param only a pattern for the names of rows
/// @param columns a pattern for the names of columns
/// @param report a file of results to draw again, or empty
/// @param folder for what the processes write
/// @param peers where the modules of other libraries are
/// @param base of the files that are written
/// @param machine what to call it
/// @param command as it was typed
record Options(
    Pace.Speed speed,
    boolean withPeers,
    List<Integer> threads,
    String only,
    String columns,
    String report,
    Path folder,
    Path peers,
    String base,
    String machine,
    String command) {
  private static final Set<String> FLAGS = Set.of("--quick", "--smoke", "--peers");
  private static final Set<String> WITH_VALUE =
      Set.of(
          "--threads",
          "--only",
          "--columns",
          "--report",
          "--folder",
          "--peers-folder",
          "--base",
          "--machine",
          "--command");

  static Options parse(List<String> arguments) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i);
      if (FLAGS.contains(name)) {
        given.put(name, "");
      } else if (WITH_VALUE.contains(name) && i + 1 < arguments.size()) {
        given.put(name, arguments.get(++i));
      } else {
        throw new IllegalArgumentException("compare: what is this: " + name);
      }
    }
    Pace.Speed speed =
        given.containsKey("--smoke")
            ? Pace.Speed.SMOKE
            : given.containsKey("--quick") ? Pace.Speed.QUICK : Pace.Speed.FULL;
    return new Options(
        speed,
        given.containsKey("--peers"),
        threads(given.getOrDefault("--threads", "1,2")),
        given.getOrDefault("--only", ""),
        given.getOrDefault("--columns", ""),
        given.getOrDefault("--report", ""),
        Path.of(given.getOrDefault("--folder", "target/compare")),
        Path.of(given.getOrDefault("--peers-folder", "peers")),
        given.getOrDefault("--base", "comparison"),
        given.getOrDefault("--machine", "unknown"),
        given.getOrDefault("--command", ""));
  }

  private static List<Integer> threads(String text) {
    List<Integer> threads;
    try {
      threads = Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("compare: not numbers of threads: " + text, e);
    }
    if (threads.stream().anyMatch(count -> count < 1 || count > 1024)) {
      throw new IllegalArgumentException("compare: not numbers of threads: " + text);
    }
    return threads;
  }

  boolean takes(Subject subject) {
    return (withPeers || subject.kind() != Subject.Kind.PEER)
        && Pattern.compile(columns).matcher(subject.title()).find();
  }
}
