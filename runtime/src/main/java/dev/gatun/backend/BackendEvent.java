package dev.gatun.backend;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// `dev.gatun.Backend`, at the beginning of every chunk of a recording, so that each has it
/// whenever it was started.
@Name("dev.gatun.Backend")
@Label("Backend")
@Category("Gatun")
@Description("What computes matrix products in this process, and why")
@StackTrace(false)
@Period("beginChunk")
final class BackendEvent extends Event {
  @Label("Backend")
  @Nullable String backend;

  @Label("Reason")
  @Description("Why it is that one; for OpenBLAS, which library and which were not taken")
  @Nullable String reason;

  @Label("Vectors")
  @Description("Empty where the Vector API can be used, else why it cannot")
  @Nullable String vectors;

  @Label("Threads")
  int threads;
}
