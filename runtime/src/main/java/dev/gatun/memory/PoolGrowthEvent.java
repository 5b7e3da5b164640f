package dev.gatun.memory;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/// `dev.gatun.PoolGrowth`
@Name("dev.gatun.PoolGrowth")
@Label("Pool Growth")
@Category({"Gatun", "Memory"})
@Description("The pool took memory from the system, because it had nothing that fits")
final class PoolGrowthEvent extends Event {
  @Label("Size")
  @DataAmount
  long bytes;

  @Label("Reserved")
  @Description("What is held from the system now")
  @DataAmount
  long reserved;

  @Label("Took")
  @Timespan(Timespan.NANOSECONDS)
  long took;
}
