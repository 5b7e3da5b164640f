package dev.gatun.tensor;

import dev.gatun.kernel.AttentionKernels.Matrices;
import dev.gatun.memory.DType;
import dev.gatun.memory.Storage;
import java.lang.foreign.MemorySegment;

/// How the matrices of attention lie in memory: any order of the leading dimensions, rows at any
/// distance, neighbours in a row beside each other.
final class AttentionLayout {
  private AttentionLayout() {}

  /// `x` where its rows are such, else a copy.
  static Tensor rows(Tensor x) {
    int rank = x.shape.length;
    long columns = x.shape[rank - 1];
    boolean beside = columns <= 1 || x.strides[rank - 1] == 1;
    boolean apart = x.shape[rank - 2] <= 1 || x.strides[rank - 2] >= Math.max(1, columns);
    return beside && apart ? x : x.contiguous();
  }

  static Matrices matrices(Tensor x) {
    return of(x, x.memory());
  }

  static Matrices writable(Tensor x) {
    return of(x, x.writable());
  }

  private static Matrices of(Tensor x, MemorySegment memory) {
    int rank = x.shape.length;
    long columns = Math.max(1, x.shape[rank - 1]);
    long ld = x.shape[rank - 2] <= 1 ? columns : x.strides[rank - 2];
    return new Matrices(memory, offsets(x.shape, x.strides, x.offset), Math.max(ld, columns));
  }

  /// A mask that repeats along dimensions of size 1. Where it does so along the keys it is copied.
  static Matrices broadcast(Tensor mask, long[] scores) {
    int rank = scores.length;
    long keys = scores[rank - 1];
    Tensor x = mask.shape.length > 0 ? mask : Raw.expand(mask, new long[] {keys});
    int last = x.shape.length - 1;
    if (x.shape[last] != keys || x.strides[last] != 1) {
      x = Raw.copy(Raw.expand(x, Shapes.with(x.shape, last, keys)));
    }
    long[] strides = Shapes.broadcastStrides(x, scores);
    return new Matrices(x.memory(), offsets(scores, strides, x.offset), strides[rank - 2]);
  }

  /// Where the matrix of each of the batch begins.
  private static long[] offsets(long[] shape, long[] strides, long offset) {
    int outer = shape.length - 2;
    int count = 1;
    for (int i = 0; i < outer; i++) {
      count = Math.multiplyExact(count, Math.toIntExact(shape[i]));
    }
    long[] offsets = new long[count];
    int filled = 1;
    if (count > 0) {
      offsets[0] = offset;
    }
    // What is there is repeated for every further index of the dimension before; row-major.
    for (int i = 0; i < outer && count > 0; i++) {
      int size = (int) shape[i];
      for (int at = filled - 1; at >= 0; at--) {
        long base = offsets[at];
        for (int j = 0; j < size; j++) {
          offsets[at * size + j] = base + j * strides[i];
        }
      }
      filled *= size;
    }
    return offsets;
  }

  /// A new tensor whose dimensions lie in memory in the order of those of `x`, the last innermost.
  static Tensor like(Tensor x, long[] shape) {
    int rank = shape.length;
    int[] order = order(x, shape);
    long numel = Shapes.numel(Attention.NAME, shape);
    long[] strides = new long[rank];
    strides[rank - 1] = 1;
    long step = Math.max(1, shape[rank - 1]);
    for (int i = rank - 2; i >= 0; i--) {
      strides[order[i]] = step;
      step *= Math.max(1, shape[order[i]]);
    }
    DType dtype = x.dtype;
    Storage storage = Storage.allocate(Raw.bytes(Attention.NAME, dtype, numel, shape));
    return new Tensor(storage, dtype, shape, strides, 0, numel);
  }

  /// The leading dimensions of `x` from the widest step to the narrowest.
  private static int[] order(Tensor x, long[] shape) {
    int[] order = new int[shape.length - 1];
    boolean repeated = false;
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
      repeated |= x.strides[i] == 0 && shape[i] > 1;
    }
    for (int i = 1; i < order.length && !repeated; i++) {
      int dim = order[i];
      int at = i;
      for (; at > 0 && x.strides[order[at - 1]] < x.strides[dim]; at--) {
        order[at] = order[at - 1];
      }
      order[at] = dim;
    }
    return order;
  }
}
