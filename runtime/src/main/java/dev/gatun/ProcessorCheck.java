package dev.gatun;

import dev.gatun.backend.Backends;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Whether as many threads compute as there are processors to run them.
///
/// @param threads of a large operation
/// @param jvm processors that the JVM counts
/// @param machine processors of the machine, 0 if it does not tell
/// @param allowed those that this process may run on, 0 if the system does not tell
/// @param chosen what `-XX:ActiveProcessorCount` says, 0 if nothing
/// @param group limits of the container
record ProcessorCheck(
    int threads, int jvm, int machine, int allowed, int chosen, ControlGroup group) {
  private static final String SHARE =
      "give the container whole processors (cpu.max), or set -Dgatun.threads=";

  static List<Finding> here() {
    int threads;
    try {
      threads = Backends.threads();
    } catch (IllegalStateException e) {
      return List.of(
          Finding.problem(
              Subject.PROCESSORS, String.valueOf(e.getMessage()), "remove -Dgatun.threads"));
    }
    SystemFiles files = SystemFiles.HERE;
    String chosen = JvmFlags.here().value("-XX:ActiveProcessorCount=");
    return new ProcessorCheck(
            threads,
            Runtime.getRuntime().availableProcessors(),
            machine(files),
            allowed(files.value("proc/self/status", "Cpus_allowed_list")),
            (int) Math.max(0, ControlGroup.number(chosen)),
            ControlGroup.read(files))
        .findings();
  }

  List<Finding> findings() {
    List<Finding> found = new ArrayList<>();
    double usable = usable();
    if (threads > Math.ceil(usable)) {
      found.add(
          Finding.problem(
              Subject.PROCESSORS,
              "%d threads share %s processors".formatted(threads, number(usable)),
              "set -Dgatun.threads=%d, or leave it out".formatted((int) Math.ceil(usable))));
    } else if (threads > usable) {
      found.add(
          Finding.advice(
              Subject.PROCESSORS,
              "the container may use %s processors, %d threads are stopped when that is used up"
                  .formatted(number(usable), threads),
              SHARE + Math.max(1, (int) usable)));
    }
    if (chosen > 0 && chosen != Math.ceil(usable)) {
      found.add(
          Finding.advice(
              Subject.PROCESSORS,
              "-XX:ActiveProcessorCount=%d is set, and there are %s"
                  .formatted(chosen, number(usable)),
              "remove -XX:ActiveProcessorCount"));
    }
    if (group.throttled() > 0) {
      found.add(
          Finding.advice(
              Subject.PROCESSORS,
              "the container has been stopped %d times for having used up its share"
                  .formatted(group.throttled()),
              "raise the container's cpu.max, or lower -Dgatun.threads"));
    }
    if (found.isEmpty()) {
      found.add(Finding.ok(Subject.PROCESSORS, summary()));
    }
    return found;
  }

  /// What the machine, the container's processors and the container's time leave.
  private double usable() {
    double usable = Math.min(group.processors(), allowed > 0 ? allowed : Integer.MAX_VALUE);
    usable = Math.min(usable, machine > 0 ? machine : Integer.MAX_VALUE);
    return usable < Integer.MAX_VALUE ? usable : jvm;
  }

  private String summary() {
    StringBuilder text = new StringBuilder();
    text.append("%d threads on %s processors".formatted(threads, number(usable())));
    if (machine > usable()) {
      text.append(" of %d".formatted(machine));
    }
    if (group.processors() < ControlGroup.NONE) {
      text.append(", limited by the container (cpu.max)");
    } else if (allowed > 0 && allowed < machine) {
      text.append(", limited to some of them (cpuset)");
    }
    return text.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  static int machine(SystemFiles files) {
    return (int)
        files.lines("proc/cpuinfo").stream().filter(line -> line.startsWith("processor\t")).count();
  }

  /// How many a list such as `0-3,8` has; 0 if it is none.
  static int allowed(String list) {
    int count = 0;
    for (String part : list.split(",", -1)) {
      String[] ends = part.strip().split("-", 2);
      long first = ControlGroup.number(ends[0]);
      long last = ControlGroup.number(ends[ends.length - 1]);
      if (first < 0 || last < first) {
        return 0;
      }
      count += (int) (last - first + 1);
    }
    return count;
  }
}
