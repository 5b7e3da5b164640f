package dev.gatun.tensor;

import dev.gatun.kernel.Bags;
import dev.gatun.kernel.CopyKernels;
import dev.gatun.kernel.ElementRun;
import dev.gatun.kernel.EmbeddingKernels;
import dev.gatun.kernel.IndexKernels;
import dev.gatun.memory.DType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Rows of a table by index. Inputs are the table or the gradient, the index, and a factor for each
/// index if there are any. In [Lookup] these are the factors of the gradient alone.
final class Embeddings {
  private Embeddings() {}

  private static Bags bags(Tensor index, @Nullable Size starts, long padding, long columns) {
    return new Bags(
        Indexing.read(index),
        index.numel,
        starts == null ? null : starts.values(),
        padding,
        Math.toIntExact(columns));
  }

  private static @Nullable ElementRun scale(Tensor... inputs) {
    return inputs.length < 3 ? null : Indexing.read(inputs[2]);
  }

  /// The inputs with another first one.
  private static Tensor[] with(Tensor first, Node node) {
    return node.inputs() < 3
        ? new Tensor[] {first, node.input(1)}
        : new Tensor[] {first, node.input(1), node.input(2)};
  }

  /// `y[j] = table[index[j]]`; the gradient passes padding by.
  record Lookup(long padding) implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      return new Indexing.IndexSelect(0).forward(inputs[0], inputs[1]);
    }

    @Override
    public String opName() {
      return "embedding";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return saved > 0;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      if (i > 0) {
        throw Indexing.noGradient(opName());
      }
      return new Spread(node.shape(0)[0], null, padding).apply(with(g, node));
    }

    @Override
    public boolean backwardInto(int i, Node node, Tensor g, Tensor sum, boolean add) {
      return i == 0 && new Spread(node.shape(0)[0], null, padding).into(sum, add, with(g, node));
    }
  }

  /// `y[b] = Σ s[j] table[index[j]]` over the indices `starts[b]` to `starts[b + 1]` that are not
  /// padding; without starts each index is a bag.
  record BagSum(@Nullable Size starts, long padding) implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      Tensor table = inputs[0];
      Bags bags = bags(inputs[1], starts, padding, table.shape[1]);
      Tensor y = Raw.empty(opName(), table.dtype, bags.bags(), table.shape[1]);
      EmbeddingKernels.sum(
          table.dtype, bags, Indexing.read(table), scale(inputs), Indexing.write(y));
      return y;
    }

    @Override
    public String opName() {
      return "embeddingBag";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return saved != i;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      return switch (i) {
        case 0 -> new Spread(node.shape(0)[0], starts, padding).apply(with(g, node));
        case 2 -> products(g, node.input(0), node.input(1), starts, padding);
        default -> throw Indexing.noGradient(opName());
      };
    }

    @Override
    public boolean backwardInto(int i, Node node, Tensor g, Tensor sum, boolean add) {
      return i == 0 && new Spread(node.shape(0)[0], starts, padding).into(sum, add, with(g, node));
    }
  }

  /// `y[index[j]] += s[j] g[b]` for the indices of each bag, over zeros: undoes [BagSum].
  record Spread(long size, @Nullable Size starts, long padding) implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      Tensor g = inputs[0];
      Tensor y = Tensor.zeros(g.dtype, size, g.shape[1]);
      into(y, g, inputs);
      return y;
    }

    /// The same over what `sum` holds, or over zeros.
    boolean into(Tensor sum, boolean add, Tensor... inputs) {
      if (sum.storage == inputs[0].storage) {
        return false;
      }
      if (!add) {
        int bytes = sum.dtype.byteSize();
        CopyKernels.fill(sum.dtype, sum.writable(), sum.offset * bytes, bytes, sum.numel, 0);
      }
      into(sum, inputs[0], inputs);
      return true;
    }

    private void into(Tensor y, Tensor g, Tensor... inputs) {
      Bags bags = bags(inputs[1], starts, padding, g.shape[1]);
      EmbeddingKernels.spread(g.dtype, bags, Indexing.read(g), scale(inputs), Indexing.write(y));
    }

    @Override
    public String opName() {
      return "embeddingBackward";
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return saved != i;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      return switch (i) {
        case 0 -> new BagSum(starts, padding).apply(with(g, node));
        case 2 -> products(node.input(0), g, node.input(1), starts, padding);
        default -> throw Indexing.noGradient(opName());
      };
    }
  }

  /// `Σ bags[b] table[index[j]]` over the columns, for each index j of bag b; 0 for padding.
  private static Tensor products(
      Tensor bags, Tensor table, Tensor index, @Nullable Size starts, long padding) {
    Tensor rows = starts == null ? bags : bags.indexSelect(0, owners(starts, index.numel));
    Tensor sums = rows.mul(table.indexSelect(0, index)).sum(1);
    return padding < 0 ? sums : sums.maskedFill(index.eq(padding), 0);
  }

  /// The bag of each index.
  private static Tensor owners(Size starts, long count) {
    long[] all = starts.values();
    long[] owners = new long[Math.toIntExact(count)];
    for (int b = 0; b + 1 < all.length; b++) {
      Arrays.fill(owners, (int) all[b], (int) all[b + 1], b);
    }
    return Tensor.of(owners, owners.length);
  }

  /// The largest elements of each bag; 0 where it is empty.
  static Tensor largest(Tensor table, Tensor index, Size starts, long padding) {
    Bags bags = bags(index, starts, padding, table.shape[1]);
    Tensor places = Raw.empty("embeddingBag", DType.I64, bags.bags(), table.shape[1]);
    EmbeddingKernels.largest(table.dtype, bags, Indexing.read(table), Indexing.write(places));
    if (table.shape[0] == 0) {
      return Tensor.zeros(table.dtype, places.shape);
    }
    return table.gather(0, places.clamp(0, Long.MAX_VALUE)).maskedFill(places.lt(0), 0);
  }

  /// Complains of an index that is no row of the table.
  static void check(String op, Tensor table, Tensor index) {
    Trace.check(
        op,
        () -> {
          long bad = IndexKernels.check(Indexing.read(index), index.numel, table.shape[0]);
          Indexing.check(op, bad, index, table.shape, 0);
        },
        index);
  }
}
