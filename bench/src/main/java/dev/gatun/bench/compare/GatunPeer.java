package dev.gatun.bench.compare;

import dev.gatun.Gatun;
import dev.gatun.bench.Models;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.nn.CrossEntropyLoss;
import dev.gatun.nn.Sequential;
import dev.gatun.nn.optim.Adam;
import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.SGD;
import dev.gatun.tensor.Tensor;
import java.util.function.Supplier;

/// Gatun, as a program uses it: each repetition in a scope of its own, results included. The
/// process chose the backend.
public final class GatunPeer implements Peer {
  /// Is found by its name.
  public GatunPeer() {}

  @Override
  public String version() {
    return Gatun.info().version();
  }

  @Override
  public boolean supports(Workload workload) {
    return true;
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker")
  public Task prepare(Workload workload) {
    Scope operands = Scope.open("operands");
    return switch (workload) {
      case Gemm gemm -> {
        DType dtype = gemm.doubles() ? DType.F64 : DType.F32;
        Tensor a = Tensor.of(gemm.a(), gemm.m(), gemm.k()).to(dtype);
        Tensor b = Tensor.of(gemm.b(), gemm.k(), gemm.n()).to(dtype);
        yield new TensorTask(operands, () -> a.matmul(b));
      }
      case Pointwise pointwise -> new TensorTask(operands, pointwise(pointwise));
      case TinyAdd tiny -> new TensorTask(operands, tiny(tiny));
      case Family family -> new TensorTask(operands, GatunFamilies.of(family));
      case Layer layer -> GatunLayers.of(operands, layer);
      case Inference inference -> {
        operands.close();
        yield new PlanTask(inference);
      }
      case Training training -> new TrainingTask(operands, training);
    };
  }

  private static Supplier<Tensor> pointwise(Pointwise workload) {
    Tensor a = Tensor.of(workload.a(), Pointwise.SIDE, Pointwise.SIDE);
    Tensor b = Tensor.of(workload.b(), Pointwise.SIDE, Pointwise.SIDE);
    return switch (workload.operation()) {
      case ADD -> () -> a.add(b);
      case ADD_INTO -> () -> a.add_(b);
      case RELU -> a::relu;
      case TANH -> a::tanh;
      case SIGMOID -> a::sigmoid;
      case EXP -> a::exp;
      case SOFTMAX -> () -> a.softmax(1);
      case SUM -> a::sum;
    };
  }

  private static Supplier<Tensor> tiny(TinyAdd workload) {
    Tensor a = Tensor.of(workload.a(), 2, 2);
    Tensor b = Tensor.of(workload.b(), 2, 2).requiresGrad_(workload.recorded());
    int repeats = workload.repeats();
    return () -> {
      Tensor sum = a;
      for (int i = 0; i < repeats; i++) {
        sum = sum.add(b);
      }
      return sum;
    };
  }

  /// Computes a tensor.
  private static class TensorTask implements Task {
    private final Scope operands;
    private final Supplier<Tensor> work;

    TensorTask(Scope operands, Supplier<Tensor> work) {
      this.operands = operands;
      this.work = work;
    }

    @Override
    public final Object run() {
      try (var _ = Scope.open()) {
        return work.get();
      }
    }

    @Override
    public final double[] result() {
      try (var _ = Scope.open()) {
        return work.get().detach().to(DType.F64).toDoubleArray();
      }
    }

    @Override
    public void close() {
      operands.close();
    }
  }

  private static final class TrainingTask implements Task {
    private final CrossEntropyLoss criterion = new CrossEntropyLoss();
    private final Scope operands;
    private final Tensor x;
    private final Tensor target;
    private final Sequential model;
    private final Optimizer optimizer;

    TrainingTask(Scope operands, Training workload) {
      this.operands = operands;
      x = Tensor.of(workload.x(), workload.batch(), workload.network().inputs());
      target = Tensor.of(workload.labels(), workload.batch());
      model = Models.sequential(workload.network());
      optimizer =
          workload.adam()
              ? new Adam(model.parameters(), workload.lr())
              : new SGD(model.parameters(), workload.lr());
    }

    @Override
    public Object run() {
      return step();
    }

    private double step() {
      try (var _ = Scope.open()) {
        optimizer.zeroGrad();
        Tensor loss = criterion.forward(model.forward(x), target);
        loss.backward();
        optimizer.step();
        return loss.item();
      }
    }

    @Override
    public double[] result() {
      double[] losses = new double[Training.CHECKED_STEPS];
      for (int i = 0; i < losses.length; i++) {
        losses[i] = step();
      }
      return losses;
    }

    @Override
    public void close() {
      optimizer.close();
      model.close();
      operands.close();
    }
  }
}
