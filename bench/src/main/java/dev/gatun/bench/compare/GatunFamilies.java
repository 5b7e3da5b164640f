package dev.gatun.bench.compare;

import dev.gatun.tensor.Tensor;
import java.util.function.Supplier;

/// The operations of [Family] as a user of Gatun writes them.
final class GatunFamilies {
  private GatunFamilies() {}

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
    Tensor a = Tensor.of(workload.a(), Family.SIDE, Family.SIDE);
    Tensor b = Tensor.of(workload.b(), Family.SIDE, Family.SIDE);
    Tensor column = b.select(0, 0).unsqueeze(1);
    Tensor index = Tensor.of(workload.index(), Family.SIDE, Family.SIDE);
    Tensor rows = Tensor.of(workload.rows(), Family.SIDE);
    return switch (workload.operation()) {
      case STRIDED_ADD -> () -> a.t().add(b);
      case BROADCAST_MUL -> () -> a.mul(column);
      case CUMSUM_DIM0 -> () -> a.cumsum(0);
      case CUMSUM_DIM1 -> () -> a.cumsum(1);
      case TOPK -> () -> a.topk(Family.TOP, 1).values();
      case SORT -> () -> a.sort(1).values();
      case GATHER -> () -> a.gather(1, index);
      case INDEX_SELECT -> () -> a.indexSelect(0, rows);
      case MASKED_SELECT -> () -> a.maskedSelect(a.gt(0));
      default -> throw new IllegalArgumentException(workload.name());
    };
  }

  private static Supplier<Tensor> sum(Family workload, int dim) {
    Tensor big = Tensor.of(workload.big(), Family.SIDE, Family.SIDE, Family.DEPTH);
    return () -> big.sum(dim);
  }

  private static Supplier<Tensor> contraction(Family workload, String equation, long last) {
    Tensor left = Tensor.of(workload.left(), Family.BATCH, Family.HEADS, Family.LENGTH, last);
    Tensor right =
        Tensor.of(workload.right(), Family.BATCH, Family.HEADS, Family.LENGTH, Family.WIDTH);
    return () -> Tensor.einsum(equation, left, right);
  }
}
