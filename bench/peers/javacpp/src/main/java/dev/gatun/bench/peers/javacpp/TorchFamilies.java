package dev.gatun.bench.peers.javacpp;

import static org.bytedeco.pytorch.global.torch.einsum;

import dev.gatun.bench.compare.Family;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The operations of [Family] in libtorch.
final class TorchFamilies {
  private TorchFamilies() {}

  static Supplier<Tensor> of(Family workload) {
    return switch (workload.operation()) {
      case SUM_DIM0 -> sum(workload, 0);
      case SUM_DIM1 -> sum(workload, 1);
      case SUM_DIM2 -> sum(workload, 2);
      case SCORES -> contraction(workload, "bhqd,bhkd->bhqk", Family.WIDTH);
      case WEIGHTED -> contraction(workload, "bhqk,bhkd->bhqd", Family.LENGTH);
      default -> matrices(workload);
    };
  }

  private static Supplier<Tensor> matrices(Family workload) {
    Tensor a = TorchPeer.tensor(workload.a(), ScalarType.Float, Family.SIDE, Family.SIDE);
    Tensor b = TorchPeer.tensor(workload.b(), ScalarType.Float, Family.SIDE, Family.SIDE);
    Tensor column = b.select(0, 0).unsqueeze(1);
    Tensor index = TorchPeer.tensor(workload.index(), Family.SIDE, Family.SIDE);
    Tensor rows = TorchPeer.tensor(workload.rows(), Family.SIDE);
    Scalar zero = new Scalar(0f);
    return switch (workload.operation()) {
      case STRIDED_ADD -> () -> a.t().add(b);
      case BROADCAST_MUL -> () -> a.mul(column);
      case CUMSUM_DIM0 -> () -> a.cumsum(0);
      case CUMSUM_DIM1 -> () -> a.cumsum(1);
      case TOPK -> () -> a.topk(Family.TOP, 1, true, true).get0();
      case SORT -> () -> a.sort(1, false).get0();
      case GATHER -> () -> a.gather(1, index);
      case INDEX_SELECT -> () -> a.index_select(0, rows);
      case MASKED_SELECT -> () -> a.masked_select(a.gt(zero));
      default -> throw new IllegalArgumentException(workload.name());
    };
  }

  private static Supplier<Tensor> sum(Family workload, long dim) {
    Tensor big =
        TorchPeer.tensor(
            workload.big(), ScalarType.Float, Family.SIDE, Family.SIDE, Family.DEPTH);
    return () -> big.sum(dim);
  }

  private static Supplier<Tensor> contraction(Family workload, String equation, long last) {
    Tensor left =
        TorchPeer.tensor(
            workload.left(), ScalarType.Float, Family.BATCH, Family.HEADS, Family.LENGTH, last);
    Tensor right =
        TorchPeer.tensor(
            workload.right(),
            ScalarType.Float,
            Family.BATCH,
            Family.HEADS,
            Family.LENGTH,
            Family.WIDTH);
    return () -> einsum(equation, new TensorVector(left, right));
  }
}
