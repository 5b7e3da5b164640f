package dev.gatun.memory;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.SettingDefinition;
import jdk.jfr.Throttle;
import org.jspecify.annotations.Nullable;

/// `dev.gatun.Allocation`
@Name("dev.gatun.Allocation")
@Label("Native Allocation")
@Category({"Gatun", "Memory"})
@Description("A large piece of native memory was allocated, from the pool or the system")
@Throttle("100/s")
final class AllocationEvent extends Event {
  @Label("Size")
  @DataAmount
  long bytes;

  @Label("Owner")
  @Nullable String owner;

  @SettingDefinition
  @Name("minimumSize")
  @Label("Minimum Size")
  @Description("Bytes from which an allocation is recorded; none below 64k is, whatever it says")
  boolean isLarge(MinimumSize minimum) {
    return bytes >= minimum.bytes();
  }
}
