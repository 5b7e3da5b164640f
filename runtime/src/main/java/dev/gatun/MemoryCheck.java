package dev.gatun;

import dev.gatun.memory.MemoryBudget;
import java.util.ArrayList;
import java.util.List;

/// Whether what the heap and tensors may grow to fits into the container, or the machine: when it
/// does not, the system ends the process without a word.
///
/// @param heap the most that the heap may take
/// @param tensors the most that tensors may take, `-Dgatun.memory.limit`
/// @param machine bytes of the machine, 0 if it does not tell
/// @param group limits of the container
record MemoryCheck(long heap, long tensors, long machine, ControlGroup group) {
  private static final long MEBI = 1 << 20;

  /// Code, classes, threads' stacks and what the collector needs for itself.
  private static final long JVM = 128 * MEBI;

  /// Less than that is no room for tensors.
  private static final long ROOM = 64 * MEBI;

  static List<Finding> here() {
    long tensors;
    try {
      tensors = MemoryBudget.PROCESS.limitBytes();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      return List.of(Finding.problem(Subject.MEMORY, message, "mend -Dgatun.memory.limit"));
    }
    SystemFiles files = SystemFiles.HERE;
    return new MemoryCheck(
            Runtime.getRuntime().maxMemory(), tensors, machine(files), ControlGroup.read(files))
        .findings();
  }

  List<Finding> findings() {
    List<Finding> found = new ArrayList<>();
    boolean contained = group.memoryLimit() < (machine > 0 ? machine : ControlGroup.NONE);
    long limit = contained ? group.memoryLimit() : machine;
    String text = "heap %s and tensors %s at most".formatted(Info.bytes(heap), Info.bytes(tensors));
    if (limit == 0) {
      return List.of(Finding.ok(Subject.MEMORY, text));
    }
    text += " of the %s's %s".formatted(contained ? "container" : "machine", Info.bytes(limit));
    long room = limit - heap - JVM;
    if (room < ROOM) {
      found.add(
          Finding.problem(
              Subject.MEMORY,
              text + ": the heap leaves no room",
              "start java with -Xmx%dm".formatted(Math.max(16, (limit - JVM) / 2 / MEBI))));
    } else if (tensors > room) {
      found.add(
          Finding.problem(
              Subject.MEMORY,
              text + ": the system would end the process",
              "set -Dgatun.memory.limit=%dm, or a lower -Xmx".formatted(room / MEBI)));
    } else {
      found.add(Finding.ok(Subject.MEMORY, text));
    }
    if (contained && group.memoryUsed() > limit / 10 * 9) {
      found.add(
          Finding.advice(
              Subject.MEMORY,
              "the container holds %s already".formatted(Info.bytes(group.memoryUsed())),
              "raise its memory.max"));
    }
    return found;
  }

  static long machine(SystemFiles files) {
    String total = files.value("proc/meminfo", "MemTotal").replace(" kB", "");
    return Math.max(0, ControlGroup.number(total)) * 1024;
  }
}
