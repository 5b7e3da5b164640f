package dev.gatun.tensor;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// Sums of products over labeled dimensions, two operands at a time from the left.
///
/// Two operands become one batched product: the labels that both have and something later needs are
/// the batch, those that both have and nothing needs are summed. Operands are only permuted; groups
/// of dimensions are merged as views where the strides allow it, and batch dimensions never are, so
/// attention's `bhqd,bhkd->bhqk` copies nothing.
final class Einsum {
  /// Below this many summed elements, a product of vectors for each batch is multiplied and summed
  /// element by element: a call for each would cost more.
  private static final long SHORT = 64;

  private final int[] result;
  private final long[] sizes;
  private final int[][] later;

  private Einsum(EinsumParser.Plan plan) {
    result = plan.result;
    sizes = plan.sizes;
    later = plan.operands;
  }

  /// A tensor with a label for each dimension, each once.
  private static final class Labeled {
    final Tensor tensor;
    final int[] labels;

    Labeled(Tensor tensor, int[] labels) {
      this.tensor = tensor;
      this.labels = labels;
    }

    boolean has(int label) {
      return position(label) >= 0;
    }

    int position(int label) {
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] == label) {
          return i;
        }
      }
      return -1;
    }

    int[] where(IntPredicate condition) {
      return Arrays.stream(labels).filter(condition).toArray();
    }

    /// The dimensions in the order of `wanted`, which are all of them.
    Tensor ordered(int[] wanted) {
      int[] dims = Arrays.stream(wanted).map(this::position).toArray();
      for (int i = 0; i < dims.length; i++) {
        if (dims[i] != i) {
          return tensor.permute(dims);
        }
      }
      return tensor;
    }
  }

  static Tensor apply(String equation, Tensor... tensors) {
    if (tensors.length == 0) {
      throw new IllegalArgumentException("einsum: needs at least one operand");
    }
    for (Tensor x : tensors) {
      Arithmetic.same("einsum", tensors[0], x);
    }
    Einsum plan = new Einsum(EinsumParser.parse(equation, tensors));
    return plan.contract(tensors);
  }

  private Tensor contract(Tensor[] tensors) {
    Labeled sum = plan(tensors[0], 0);
    for (int i = 1; i < tensors.length; i++) {
      int next = i;
      Labeled by = plan(tensors[i], i);
      sum = pair(sum, by, label -> needed(label, next + 1));
    }
    sum = reduced(sum, label -> needed(label, later.length));
    return sum.ordered(result);
  }

  /// Whether a label is in the result or in an operand from `from` on.
  private boolean needed(int label, int from) {
    boolean found = Arrays.stream(result).anyMatch(l -> l == label);
    for (int i = from; i < later.length && !found; i++) {
      found = Arrays.stream(later[i]).anyMatch(l -> l == label);
    }
    return found;
  }

  /// An operand with the diagonal taken of labels that repeat, and without dimensions of size 1
  /// that others repeat.
  private Labeled plan(Tensor x, int operand) {
    Tensor y = x;
    int[] labels = later[operand];
    for (int i = labels.length - 1; i >= 0; i--) {
      if (y.shape[i] == 1 && sizes[labels[i]] != 1) {
        y = y.select(i, 0);
        labels = removed(labels, i);
      }
    }
    for (int i = 0; i < labels.length; i++) {
      for (int j = i + 1; j < labels.length; j++) {
        if (labels[i] == labels[j]) {
          y = y.diagonal(0, i, j);
          int label = labels[i];
          labels = Contraction.concat(removed(removed(labels, j), i), new int[] {label});
          i = -1;
          break;
        }
      }
    }
    return new Labeled(y, labels);
  }

  private static int[] removed(int[] labels, int at) {
    int[] rest = new int[labels.length - 1];
    System.arraycopy(labels, 0, rest, 0, at);
    System.arraycopy(labels, at + 1, rest, at, rest.length - at);
    return rest;
  }

  private static Labeled reduced(Labeled x, IntPredicate keep) {
    int[] over = x.where(label -> !keep.test(label));
    if (over.length == 0) {
      return x;
    }
    int[] dims = Arrays.stream(over).map(x::position).toArray();
    // A sum over small integers would become one of I64.
    Tensor sum = x.tensor.sum(dims).to(x.tensor.dtype);
    return new Labeled(sum, x.where(keep));
  }

  private Labeled pair(Labeled first, Labeled second, IntPredicate needed) {
    Labeled left = reduced(first, label -> needed.test(label) || second.has(label));
    Labeled right = reduced(second, label -> needed.test(label) || first.has(label));
    if (endsIn(left, right)) {
      Labeled swap = left;
      left = right;
      right = swap;
    }
    Labeled by = right;
    Labeled from = left;
    int[] batch = from.where(label -> by.has(label) && needed.test(label));
    int[] over = from.where(label -> by.has(label) && !needed.test(label));
    int[] rows = from.where(label -> !by.has(label));
    int[] columns = by.where(label -> !from.has(label));
    boolean vectors = rows.length == 0 && columns.length == 0 && batch.length > 0;
    int[] labels = Contraction.concat(Contraction.concat(batch, rows), columns);
    if (over.length == 0 || (vectors && size(over) < SHORT)) {
      return elementwise(from, by, labels, over, needed);
    }
    int[] inner = byStride(from, over);
    Tensor a = grouped(from, batch, rows, inner);
    Tensor b = grouped(by, batch, inner, columns);
    Tensor y = a.matmul(b);
    return new Labeled(y.reshape(sizes(labels)), labels);
  }

  /// Whether the last dimension of the result is one of `left` alone, which as the rows of a
  /// product would not come last.
  private boolean endsIn(Labeled left, Labeled right) {
    if (result.length == 0) {
      return false;
    }
    int last = result[result.length - 1];
    return left.has(last) && !right.has(last);
  }

  private Labeled elementwise(Labeled a, Labeled b, int[] labels, int[] over, IntPredicate needed) {
    int[] all = Contraction.concat(labels, over);
    Tensor product = spread(a, all).mul(spread(b, all));
    return reduced(new Labeled(product, all), needed);
  }

  /// The dimensions in the order of `all`, with size 1 where there is none.
  private static Tensor spread(Labeled x, int[] all) {
    Tensor y = x.ordered(Arrays.stream(all).filter(x::has).toArray());
    for (int i = 0; i < all.length; i++) {
      if (!x.has(all[i])) {
        y = y.unsqueeze(i);
      }
    }
    return y;
  }

  /// The dimensions that are summed in the order in which they lie in memory, so that they merge.
  private static int[] byStride(Labeled x, int[] labels) {
    return Arrays.stream(labels)
        .boxed()
        .sorted((p, q) -> Long.compare(stride(x, q), stride(x, p)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static long stride(Labeled x, int label) {
    return x.tensor.strides[x.position(label)];
  }

  /// `[*batch, size of rows, size of columns]`
  private Tensor grouped(Labeled x, int[] batch, int[] rows, int[] columns) {
    Tensor y = x.ordered(Contraction.concat(Contraction.concat(batch, rows), columns));
    return y.reshape(Contraction.join(sizes(batch), size(rows), size(columns)));
  }

  private long[] sizes(int[] labels) {
    return Arrays.stream(labels).mapToLong(label -> sizes[label]).toArray();
  }

  private long size(int[] labels) {
    long product = 1;
    for (int label : labels) {
      product *= sizes[label];
    }
    return product;
  }
}
