package dev.gatun.bench.peers.javacpp;

import static org.bytedeco.pytorch.global.torch.add_out;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.from_blob;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.matmul;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.set_num_interop_threads;
import static org.bytedeco.pytorch.global.torch.set_num_threads;
import static org.bytedeco.pytorch.global.torch.softmax;

import dev.gatun.bench.compare.Family;
import dev.gatun.bench.compare.Gemm;
import dev.gatun.bench.compare.Inference;
import dev.gatun.bench.compare.Jars;
import dev.gatun.bench.compare.Layer;
import dev.gatun.bench.compare.Network;
import dev.gatun.bench.compare.Peer;
import dev.gatun.bench.compare.Pointwise;
import dev.gatun.bench.compare.Task;
import dev.gatun.bench.compare.TinyAdd;
import dev.gatun.bench.compare.Training;
import dev.gatun.bench.compare.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// PyTorch's C++ interface by JNI; what a repetition allocates is freed at its end.
public final class TorchPeer implements Peer {
  /// Sets the threads of libtorch and of its OpenBLAS.
  public TorchPeer() {
    set_num_threads(Peer.threads());
    set_num_interop_threads(1);
    openblas.blas_set_num_threads(Peer.threads());
  }

  @Override
  public String version() {
    return Jars.name(Tensor.class);
  }

  @Override
  public boolean supports(Workload workload) {
    return true;
  }

  @Override
  public Task prepare(Workload workload) {
    return switch (workload) {
      case Gemm gemm -> {
        ScalarType type = gemm.doubles() ? ScalarType.Double : ScalarType.Float;
        Tensor a = tensor(gemm.a(), type, gemm.m(), gemm.k());
        Tensor b = tensor(gemm.b(), type, gemm.k(), gemm.n());
        yield withoutGradients(() -> matmul(a, b));
      }
      case Pointwise pointwise -> withoutGradients(pointwise(pointwise));
      case TinyAdd tiny -> tiny(tiny);
      case Family family -> withoutGradients(TorchFamilies.of(family));
      case Layer layer -> TorchLayers.of(layer);
      case Inference inference -> inference(inference);
      case Training training -> training(training);
    };
  }

  private static Supplier<Tensor> pointwise(Pointwise workload) {
    Tensor a = tensor(workload.a(), ScalarType.Float, Pointwise.SIDE, Pointwise.SIDE);
    Tensor b = tensor(workload.b(), ScalarType.Float, Pointwise.SIDE, Pointwise.SIDE);
    Tensor c = tensor(workload.b(), ScalarType.Float, Pointwise.SIDE, Pointwise.SIDE);
    return switch (workload.operation()) {
      case ADD -> () -> a.add(b);
      case ADD_INTO -> () -> add_out(c, a, b);
      case RELU -> a::relu;
      case TANH -> a::tanh;
      case SIGMOID -> a::sigmoid;
      case EXP -> a::exp;
      case SOFTMAX -> () -> softmax(a, 1);
      case SUM -> a::sum;
    };
  }

  private static Task tiny(TinyAdd workload) {
    Tensor a = tensor(workload.a(), ScalarType.Float, 2, 2);
    Tensor b = tensor(workload.b(), ScalarType.Float, 2, 2);
    b.set_requires_grad(workload.recorded());
    Supplier<Tensor> chain =
        () -> {
          Tensor sum = a;
          for (int i = 0; i < workload.repeats(); i++) {
            sum = sum.add(b);
          }
          return sum;
        };
    return workload.recorded() ? scoped(chain) : withoutGradients(chain);
  }

  private static Task inference(Inference workload) {
    Network network = workload.network();
    Tensor x = tensor(workload.x(), ScalarType.Float, workload.batch(), network.inputs());
    List<Tensor> parameters = parameters(network);
    return withoutGradients(() -> forward(x, parameters));
  }

  private static Tensor forward(Tensor x, List<Tensor> parameters) {
    Tensor y = x;
    for (int i = 0; i < parameters.size(); i += 2) {
      y = linear(y, parameters.get(i), parameters.get(i + 1));
      if (i + 2 < parameters.size()) {
        y = relu(y);
      }
    }
    return y;
  }

  private static Task training(Training workload) {
    Network network = workload.network();
    Tensor x = tensor(workload.x(), ScalarType.Float, workload.batch(), network.inputs());
    Tensor labels = tensor(workload.labels());
    List<Tensor> parameters = parameters(network);
    parameters.forEach(parameter -> parameter.set_requires_grad(true));
    TensorVector vector = new TensorVector(parameters.toArray(Tensor[]::new));
    Optimizer optimizer =
        workload.adam()
            ? new Adam(vector, new AdamOptions(workload.lr()))
            : new SGD(vector, new SGDOptions(workload.lr()));
    return Task.training(() -> {
      try (PointerScope _ = new PointerScope()) {
        optimizer.zero_grad();
        Tensor loss = cross_entropy_loss(forward(x, parameters), labels);
        loss.backward();
        optimizer.step();
        return (double) loss.item_float();
      }
    });
  }

  private static List<Tensor> parameters(Network network) {
    List<Tensor> parameters = new ArrayList<>();
    for (Network.Layer layer : network.layers()) {
      parameters.add(tensor(layer.weight(), ScalarType.Float, layer.out(), layer.in()));
      parameters.add(tensor(layer.bias(), ScalarType.Float, layer.out()));
    }
    return parameters;
  }

  static Task withoutGradients(Supplier<Tensor> work) {
    return scoped(() -> {
      NoGradGuard guard = new NoGradGuard();
      Tensor result = work.get();
      guard.close();
      return result;
    });
  }

  private static Task scoped(Supplier<Tensor> work) {
    return new Task() {
      @Override
      public Object run() {
        try (PointerScope _ = new PointerScope()) {
          return work.get();
        }
      }

      @Override
      public double[] result() {
        try (PointerScope _ = new PointerScope()) {
          Tensor result = work.get().detach().to(ScalarType.Double).contiguous();
          double[] values = new double[(int) result.numel()];
          new DoublePointer(result.data_ptr()).get(values);
          return values;
        }
      }
    };
  }

  static Tensor tensor(float[] values, ScalarType type, long... shape) {
    return copy(new FloatPointer(values), ScalarType.Float, shape).to(type);
  }

  private static Tensor tensor(long[] values) {
    return tensor(values, values.length);
  }

  static Tensor tensor(long[] values, long... shape) {
    return copy(new LongPointer(values), ScalarType.Long, shape);
  }

  private static Tensor copy(Pointer values, ScalarType type, long... shape) {
    TensorOptions options = new TensorOptions(type);
    return from_blob(values, shape, options).clone();
  }
}
