package dev.gatun.demo;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.nn.CrossEntropyLoss;
import dev.gatun.nn.F;
import dev.gatun.nn.KeyMap;
import dev.gatun.nn.Linear;
import dev.gatun.nn.LoadOptions;
import dev.gatun.nn.LoadReport;
import dev.gatun.nn.Module;
import dev.gatun.nn.Plan;
import dev.gatun.nn.PlanAccuracy;
import dev.gatun.nn.optim.SGD;
import dev.gatun.tensor.Tensor;
import dev.gatun.tensor.WeightPrecision;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// The code of the README, compiled and run.
final class Snippets {
  private Snippets() {}

  // @start region=mlp
  static final class MLP extends Module {
    private final Linear hidden = child("hidden", new Linear(20, 256));
    private final Linear out = child("out", new Linear(256, 10));

    @Override
    public Tensor forward(Tensor x) {
      return out.call(F.relu(hidden.call(x)));
    }
  }

  // @end region=mlp

  /// Returns the loss of the last step.
  static double train(Tensor x, Tensor target) {
    double last = Double.NaN;
    // @start region=training
    try (var net = new MLP();
        var optimizer = new SGD(net.parameters(), 0.1)) {
      var loss = new CrossEntropyLoss();
      for (int step = 0; step < 100; step++) {
        try (var _ = Scope.open("step")) {
          optimizer.zeroGrad();
          Tensor error = loss.forward(net.forward(x), target);
          error.backward();
          optimizer.step();
          last = error.item();
        }
      }
    }
    // @end region=training
    return last;
  }

  /// Returns what loading would do.
  static LoadReport load(Module net, Path file) throws IOException {
    // @start region=loading
    LoadReport report =
        net.load(
            file,
            LoadOptions.defaults()
                .keys(KeyMap.identity().rename("^layers\\.(\\d+)\\.", "hidden$1.").drop(".*mask"))
                .dryRun(true));
    System.out.println(report); // what was loaded, missing, unexpected, misshaped, tied, ignored
    // @end region=loading
    return report;
  }

  static void serve(MLP net, MemorySegment requests, MemorySegment answers, int batch) {
    // @start region=plan
    net.eval();
    try (Plan plan = Plan.compile(net, DType.F32, 64, 20)) { // rows of 20, up to 64 at a time
      System.out.println(plan.explain());
      plan.run(requests, answers, batch); // from any thread, as often as you like
    }
    // @end region=plan
  }

  static PlanAccuracy quantize(MLP net, Tensor samples) {
    net.eval();
    // @start region=int8
    var int8 = Plan.Options.of(64).weights(WeightPrecision.INT8);
    try (Plan plan = Plan.compile(net, int8, 20)) {
      return plan.compare(samples); // 600 rows: errors up to 0.0452, …; 99.83 % answer the same
    }
    // @end region=int8
  }
}
