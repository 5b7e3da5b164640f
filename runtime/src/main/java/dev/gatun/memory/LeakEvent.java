package dev.gatun.memory;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// `dev.gatun.Leak`; the stack of whoever found it says nothing.
@Name("dev.gatun.Leak")
@Label("Native Memory Leak")
@Category({"Gatun", "Memory"})
@Description("Native memory, or a scope, that a program has forgotten to give back or to close")
@StackTrace(false)
final class LeakEvent extends Event {
  @Label("Kind")
  @Nullable String kind;

  @Label("What")
  @Nullable String what;

  @Label("Size")
  @DataAmount
  long bytes;

  @Label("Allocated By")
  @Nullable String allocatedBy;

  @Label("Allocated At")
  @Nullable String allocatedAt;
}
