package dev.gatun.memory;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Where something happened: the innermost frames of the program's own code. Taking one costs about
/// a microsecond; the frames become text when somebody reads them.
final class Trace {
  private static final int FRAMES = 8;
  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  /// Packages of Gatun whose frames say nothing to a user: those of this module and of the next.
  private static final Set<String> PACKAGES =
      Set.of(
          "dev.gatun",
          "dev.gatun.backend",
          "dev.gatun.io",
          "dev.gatun.kernel",
          "dev.gatun.memory",
          "dev.gatun.tensor");

  private static final String NEXT_MODULE = "dev.gatun.nn";

  private static final ClassValue<Boolean> FOREIGN =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isForeign(type);
        }
      };

  private final String thread = Thread.currentThread().getName();
  private final List<StackFrame> frames;

  private Trace(List<StackFrame> frames) {
    this.frames = frames;
  }

  static Trace here() {
    return new Trace(WALKER.walk(Trace::own));
  }

  private static List<StackFrame> own(Stream<StackFrame> all) {
    return all.dropWhile(frame -> FOREIGN.get(frame.getDeclaringClass())).limit(FRAMES).toList();
  }

  /// Whether a class is Gatun's or the JDK's. Tests of Gatun share its packages, not its files.
  private static boolean isForeign(Class<?> type) {
    String module = Objects.requireNonNullElse(type.getModule().getName(), "");
    if (module.startsWith("java.") || module.startsWith("jdk.")) {
      return true;
    }
    String name = type.getPackageName();
    if (name.equals(NEXT_MODULE) || name.startsWith(NEXT_MODULE + ".")) {
      return true;
    }
    return PACKAGES.contains(name)
        && Objects.equals(
            type.getProtectionDomain().getCodeSource(),
            Trace.class.getProtectionDomain().getCodeSource());
  }

  String thread() {
    return thread;
  }

  List<StackTraceElement> frames() {
    return frames.stream().map(StackFrame::toStackTraceElement).toList();
  }

  /// The innermost line, or that there is none.
  @Override
  public String toString() {
    return frames.isEmpty() ? "unknown" : line(frames.getFirst().toStackTraceElement());
  }

  static String line(StackTraceElement frame) {
    String type = frame.getClassName();
    return "%s.%s(%s:%d)"
        .formatted(
            type.substring(type.lastIndexOf('.') + 1),
            frame.getMethodName(),
            frame.getFileName(),
            frame.getLineNumber());
  }
}
