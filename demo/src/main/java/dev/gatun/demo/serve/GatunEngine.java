package dev.gatun.demo.serve;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.demo.model.ModelFile;
import dev.gatun.demo.oip.Signature;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Plan;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// A network that `gatun train` saved, compiled.
public final class GatunEngine implements Engine {
  private final ModelFile.Loaded model;
  private final Plan plan;
  private final Signature signature;

  private GatunEngine(ModelFile.Loaded model, Plan plan, Signature signature) {
    this.model = model;
    this.plan = plan;
    this.signature = signature;
  }

  /// Loads a network.
  ///
  /// @param file what `gatun train --out` wrote
  /// @param rows that will be computed at once at most
  /// @return to be closed
  /// @throws IOException if the file cannot be read, or holds no such network
  @MustBeClosed
  @SuppressWarnings("MustBeClosed") // the engine closes the plan
  public static GatunEngine load(Path file, int rows) throws IOException {
    try (var _ = Scope.open("load")) {
      ModelFile.Loaded model = ModelFile.load(file);
      try {
        Signature signature = new Signature(model.shape().inputs(), model.shape().outputs());
        Plan plan = Plan.compile(model.network(), DType.F32, rows, signature.features());
        return new GatunEngine(model, plan, signature);
      } catch (RuntimeException | Error e) {
        model.close();
        throw e;
      }
    }
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public String platform() {
    return "gatun";
  }

  @Override
  public String description() {
    return model.shape().toString();
  }

  @Override
  public void run(MemorySegment rows, int count, MemorySegment scores) {
    plan.run(rows, scores, count);
  }

  @Override
  public void close() {
    plan.close();
    model.close();
  }
}
