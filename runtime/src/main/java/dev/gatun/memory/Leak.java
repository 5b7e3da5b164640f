package dev.gatun.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Native memory that a program has forgotten to give back. The garbage collector, or the end of a
/// thread, has returned it to the pool by the time that it is reported.
///
/// @param kind how it was forgotten
/// @param what `memory`, or the scope: `scope 'request'`
/// @param bytes of its blocks, as [MemoryStats] counts them
/// @param thread the name of the thread that allocated it, or opened the scope
/// @param frames of the program's own code, innermost first, at the allocation or where the scope
///   was opened; empty where the detector had not looked
public record Leak(
    Kind kind, String what, long bytes, String thread, List<StackTraceElement> frames) {

  /// How memory is forgotten.
  public enum Kind {
    /// A shared lifetime that nobody refers to and that was never freed.
    SHARED("became unreachable without free()"),
    /// Handed over and never accepted.
    HANDED_OVER("was handed over and never accepted"),
    /// A scope that its thread had not closed when it ended.
    SCOPE("was still open when its thread ended");

    private final String how;

    Kind(String how) {
      this.how = how;
    }
  }

  /// Makes a leak whose frames cannot be changed.
  public Leak {
    frames = List.copyOf(frames);
  }

  static Leak of(Kind kind, String what, long bytes, Trace trace) {
    return new Leak(kind, what, bytes, trace.thread(), trace.frames());
  }

  /// Returns the line of the program that allocated it, or opened the scope.
  ///
  /// @return for example `Server.handle(Server.java:42)`, or null where it is not known
  public @Nullable String line() {
    return frames.isEmpty() ? null : Trace.line(frames.getFirst());
  }

  /// Says it all in one line.
  ///
  /// @return for the log
  @Override
  public String toString() {
    String line = line();
    return "leak: %s of %d bytes %s (%s %sby thread '%s'%s)"
        .formatted(
            what,
            bytes,
            kind.how,
            kind == Kind.SCOPE ? "opened" : "made",
            line == null ? "" : "at " + line + " ",
            thread,
            line == null ? "; -Dgatun.leaks=full tells where" : "");
  }
}
