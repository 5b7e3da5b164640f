package dev.gatun.memory;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Throttle;
import org.jspecify.annotations.Nullable;

/// `dev.gatun.BudgetRefusal`
@Name("dev.gatun.BudgetRefusal")
@Label("Budget Refusal")
@Category({"Gatun", "Memory"})
@Description("Native memory was refused, because a budget has no room for it")
@Throttle("100/s")
final class BudgetRefusalEvent extends Event {
  @Label("Budget")
  @Nullable String budget;

  @Label("Requested")
  @DataAmount
  long bytes;

  @Label("Limit")
  @DataAmount
  long limit;

  @Label("Held")
  @DataAmount
  long held;
}
