package dev.gatun.bench.peers.nd4j;

import dev.gatun.bench.compare.Family;
import dev.gatun.bench.compare.Gemm;
import dev.gatun.bench.compare.Inference;
import dev.gatun.bench.compare.Layer;
import dev.gatun.bench.compare.Inputs;
import dev.gatun.bench.compare.Jars;
import dev.gatun.bench.compare.Network;
import dev.gatun.bench.compare.Peer;
import dev.gatun.bench.compare.Pointwise;
import dev.gatun.bench.compare.Task;
import dev.gatun.bench.compare.TinyAdd;
import dev.gatun.bench.compare.Training;
import dev.gatun.bench.compare.Workload;
import java.util.function.Supplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/// ND4J in a workspace, as its networks use it, and DL4J's networks.
public final class Nd4jPeer implements Peer {
  private static final WorkspaceConfiguration WORKSPACE =
      WorkspaceConfiguration.builder()
          .initialSize(64L << 20)
          .policyLearning(LearningPolicy.NONE)
          .build();

  /// Sets the threads.
  public Nd4jPeer() {
    Nd4j.getEnvironment().setMaxThreads(Peer.threads());
    Nd4j.getEnvironment().setMaxMasterThreads(Peer.threads());
  }

  @Override
  public String version() {
    return Jars.name(Nd4j.class);
  }

  @Override
  public boolean supports(Workload workload) {
    return switch (workload) {
      case Family _, Layer _ -> false;
      case TinyAdd tiny -> !tiny.recorded();
      default -> true;
    };
  }

  @Override
  public Task prepare(Workload workload) {
    return switch (workload) {
      case Gemm gemm -> {
        DataType type = gemm.doubles() ? DataType.DOUBLE : DataType.FLOAT;
        INDArray a = array(gemm.a(), gemm.m(), gemm.k()).castTo(type);
        INDArray b = array(gemm.b(), gemm.k(), gemm.n()).castTo(type);
        yield task(() -> a.mmul(b));
      }
      case Pointwise pointwise -> pointwise(pointwise);
      case Family _, Layer _ -> throw new IllegalArgumentException(workload.name());
      case TinyAdd tiny -> {
        INDArray a = array(tiny.a(), 2, 2);
        INDArray b = array(tiny.b(), 2, 2);
        yield task(() -> {
          INDArray sum = a;
          for (int i = 0; i < tiny.repeats(); i++) {
            sum = sum.add(b);
          }
          return sum;
        });
      }
      case Inference inference -> inference(inference);
      case Training training -> training(training);
    };
  }

  private static Task pointwise(Pointwise workload) {
    INDArray a = array(workload.a(), Pointwise.SIDE, Pointwise.SIDE);
    INDArray b = array(workload.b(), Pointwise.SIDE, Pointwise.SIDE);
    INDArray c = array(workload.b(), Pointwise.SIDE, Pointwise.SIDE);
    return switch (workload.operation()) {
      case ADD -> task(() -> a.add(b));
      case ADD_INTO -> task(() -> a.add(b, c));
      case RELU -> task(() -> Transforms.relu(a, true));
      case TANH -> task(() -> Transforms.tanh(a, true));
      case SIGMOID -> task(() -> Transforms.sigmoid(a, true));
      case EXP -> task(() -> Transforms.exp(a, true));
      case SOFTMAX -> task(() -> Transforms.softmax(a, true));
      case SUM -> Task.of(() -> a.sumNumber().doubleValue(), sum -> new double[] {sum});
    };
  }

  private static Task inference(Inference workload) {
    Network network = workload.network();
    MultiLayerNetwork model = Networks.forInference(network);
    INDArray x = array(workload.x(), workload.batch(), network.inputs());
    return Task.of(() -> model.output(x, false), Nd4jPeer::values);
  }

  private static Task training(Training workload) {
    Network network = workload.network();
    MultiLayerNetwork model = Networks.forTraining(network, workload);
    INDArray x = array(workload.x(), workload.batch(), network.inputs());
    INDArray y = array(workload.oneHot(), workload.batch(), network.outputs());
    return Task.training(() -> {
      model.fit(x, y);
      return model.score();
    });
  }

  static INDArray array(float[] values, long... shape) {
    return Nd4j.create(values, shape, 'c');
  }

  private static Task task(Supplier<INDArray> work) {
    return new Task() {
      @Override
      public Object run() {
        try (MemoryWorkspace _ =
            Nd4j.getWorkspaceManager().getAndActivateWorkspace(WORKSPACE, "repetition")) {
          return work.get();
        }
      }

      @Override
      public double[] result() {
        try (MemoryWorkspace _ =
            Nd4j.getWorkspaceManager().getAndActivateWorkspace(WORKSPACE, "repetition")) {
          return values(work.get());
        }
      }
    };
  }

  private static double[] values(INDArray array) {
    INDArray flat = array.dup('c').reshape(array.length());
    return flat.dataType() == DataType.DOUBLE
        ? flat.toDoubleVector()
        : Inputs.doubles(flat.toFloatVector());
  }
}
