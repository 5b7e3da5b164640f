package dev.gatun.nn.data;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.HandOver;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Some samples of a data set. Its tensors are made, or taken over from the worker that made them,
/// at their first use, in the scope that is current then, and once: a loop that opens a scope for
/// each step gives them back with the step.
public final class Batch {
  private final long size;
  private final Source source;

  private Batch(long size, Source source) {
    this.size = size;
    this.source = source;
  }

  /// Read at the first use.
  static Batch of(Reader reader, long[] indices) {
    List<Tensor> wholes = reader.wholes();
    return new Batch(
        indices.length,
        wholes == null
            ? new Whole(() -> reader.read(indices))
            : new Parts(wholes, reader.places(indices)));
  }

  /// Read before.
  static Batch of(List<HandOver> read, long size) {
    return new Batch(size, new Whole(() -> read.stream().map(HandOver::accept).toList()));
  }

  /// Gives back what was read but is not used.
  static void discard(List<HandOver> read) {
    try (var _ = Scope.open("discard")) {
      read.forEach(HandOver::accept);
    }
  }

  /// {@return the number of samples}
  public long size() {
    return size;
  }

  /// {@return the number of tensors}
  public int count() {
    return source.count();
  }

  /// One tensor of the batch. Of a [TensorDataset] it is a view where the samples follow each other
  /// and no worker made it, else a copy.
  ///
  /// @param index which tensor
  /// @return `[size, *]`, unless a [Collate] made it otherwise
  public Tensor get(int index) {
    return source.get(index);
  }

  /// {@return the samples of the first tensor}
  public Tensor input() {
    return get(0);
  }

  /// {@return the samples of the second tensor}
  public Tensor target() {
    return get(1);
  }

  /// Where the tensors come from.
  private sealed interface Source {
    int count();

    Tensor get(int index);
  }

  /// Tensors that can be made one by one.
  private static final class Parts implements Source {
    private final List<Tensor> wholes;
    private final long[] places;
    private final @Nullable Tensor[] tensors;

    Parts(List<Tensor> wholes, long[] places) {
      this.wholes = wholes;
      this.places = places;
      this.tensors = new Tensor[wholes.size()];
    }

    @Override
    public int count() {
      return tensors.length;
    }

    @Override
    public Tensor get(int index) {
      Tensor tensor = tensors[index];
      if (tensor == null) {
        tensor = Reader.part(wholes.get(index), places);
        tensors[index] = tensor;
      }
      return tensor;
    }
  }

  /// Tensors that are made together.
  private static final class Whole implements Source {
    private final Supplier<List<Tensor>> reader;
    private @Nullable List<Tensor> tensors;

    Whole(Supplier<List<Tensor>> reader) {
      this.reader = reader;
    }

    @Override
    public int count() {
      return tensors().size();
    }

    @Override
    public Tensor get(int index) {
      return tensors().get(index);
    }

    private List<Tensor> tensors() {
      List<Tensor> made = tensors;
      if (made == null) {
        made = reader.get();
        tensors = made;
      }
      return made;
    }
  }
}
