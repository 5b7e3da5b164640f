package dev.gatun;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the control groups of this process allow, of version 1 or 2. A group is bound by those
/// above it too, so the smallest limit on the way up counts.
///
/// @param memoryLimit bytes, or [#NONE]
/// @param memoryUsed bytes that the limited group holds now, or 0
/// @param processors processors' time in a period over the period, or [#NONE]
/// @param throttled in how many periods this group was stopped because it had used its time
record ControlGroup(long memoryLimit, long memoryUsed, double processors, long throttled) {
  static final long NONE = Long.MAX_VALUE;

  /// Version 1 writes "no limit" as the largest multiple of a page.
  private static final long LARGEST = 1L << 60;

  /// Reads what is there; nothing is limited where there are no such files.
  static ControlGroup read(SystemFiles files) {
    List<Path> memory = groups(files, "memory");
    List<Path> cpu = groups(files, "cpu");
    long limit = NONE;
    long used = 0;
    for (Path group : memory) {
      long bytes = firstNumber(group, "memory.max", "memory.limit_in_bytes");
      if (bytes >= 0 && bytes < Math.min(limit, LARGEST)) {
        limit = bytes;
        used = Math.max(0, firstNumber(group, "memory.current", "memory.usage_in_bytes"));
      }
    }
    double processors = NONE;
    for (Path group : cpu) {
      processors = Math.min(processors, quota(group));
    }
    long throttled =
        cpu.isEmpty()
            ? 0
            : SystemFiles.lines(cpu.getFirst().resolve("cpu.stat")).stream()
                .filter(line -> line.startsWith("nr_throttled "))
                .mapToLong(line -> number(line.substring("nr_throttled ".length())))
                .findFirst()
                .orElse(0);
    return new ControlGroup(limit, used, processors, throttled);
  }

  /// The folders of the groups for a controller, from this process' own to the outermost.
  private static List<Path> groups(SystemFiles files, String controller) {
    Path base = files.root().resolve("sys/fs/cgroup");
    List<Path> unified = List.of();
    for (String line : files.lines("proc/self/cgroup")) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && Arrays.asList(parts[1].split(",", -1)).contains(controller)) {
        Path together = base.resolve(parts[1]);
        return upwards(Files.isDirectory(together) ? together : base.resolve(controller), parts[2]);
      }
      if (parts.length == 3 && parts[1].isEmpty()) {
        unified = upwards(base, parts[2]);
      }
    }
    return unified;
  }

  /// In a container the path may be the host's, of which only the top is there.
  private static List<Path> upwards(Path base, String path) {
    List<Path> groups = new ArrayList<>();
    Path group = base.resolve(path.replaceFirst("^/+", "")).normalize();
    for (Path at = group; at != null && at.startsWith(base); at = at.getParent()) {
      if (Files.isDirectory(at)) {
        groups.add(at);
      }
    }
    return groups.isEmpty() && Files.isDirectory(base) ? List.of(base) : groups;
  }

  private static double quota(Path group) {
    String[] max = SystemFiles.line(group.resolve("cpu.max")).split(" ", 2);
    long quota = max.length == 2 ? number(max[0]) : firstNumber(group, "cpu.cfs_quota_us");
    long period = max.length == 2 ? number(max[1]) : firstNumber(group, "cpu.cfs_period_us");
    return quota > 0 && period > 0 ? (double) quota / period : NONE;
  }

  private static long firstNumber(Path group, String... names) {
    for (String name : names) {
      long number = number(SystemFiles.line(group.resolve(name)));
      if (number >= 0) {
        return number;
      }
    }
    return -1;
  }

  /// -1 for what is none, such as `max`.
  static long number(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
