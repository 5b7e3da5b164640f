package dev.gatun.tensor;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tensors that one node keeps for backward, each with the version of its memory: the inputs in
/// their order, then the outputs. One or two, the common cases, take no arrays.
abstract sealed class Saved permits Saved.One, Saved.Two, Saved.Many, Recomputation.Packed {
  abstract Tensor tensor(int i);

  abstract int version(int i);

  abstract int size();

  /// Sets what the first input's version is said to have been.
  abstract void firstVersion(int version);

  /// How many of `inputs` an operation keeps.
  static int inputs(Op op, int inputs) {
    return switch (op.saves()) {
      case NOTHING, OUTPUT -> 0;
      case FIRST_INPUT -> Math.min(inputs, 1);
      case INPUTS, INPUTS_AND_OUTPUT -> inputs;
    };
  }

  static @Nullable Saved of(Op op, Tensor output, Tensor a, @Nullable Tensor b) {
    Saved saved =
        switch (op.saves()) {
          case NOTHING -> null;
          case FIRST_INPUT -> new One(a);
          case INPUTS -> b == null ? new One(a) : new Two(a, b);
          case OUTPUT -> new One(output);
          case INPUTS_AND_OUTPUT -> b == null ? new Two(a, output) : new Many(a, b, output);
        };
    return saved == null ? null : saved.finished(op, "");
  }

  static @Nullable Saved of(Op op, Tensor[] inputs, Tensor... outputs) {
    Saved saved =
        switch (op.saves()) {
          case NOTHING -> null;
          case FIRST_INPUT -> new One(inputs[0]);
          case INPUTS -> new Many(inputs.clone());
          case OUTPUT -> new Many(outputs);
          case INPUTS_AND_OUTPUT -> {
            Tensor[] all = Arrays.copyOf(inputs, inputs.length + outputs.length);
            System.arraycopy(outputs, 0, all, inputs.length, outputs.length);
            yield new Many(all);
          }
        };
    return saved == null ? null : saved.finished(op, "");
  }

  /// What a user's function keeps.
  static Saved all(String name, List<Tensor> tensors) {
    Saved saved = new Many(tensors.toArray(Tensor[]::new));
    return saved.finished(null, name);
  }

  /// A tensor as it was saved, by a node or, where that is null, by what has this name.
  static Tensor unpack(@Nullable Saved saved, int i, @Nullable Node node, String name) {
    if (saved == null) {
      throw new IllegalStateException(
          "backward: what %s saved was freed by an earlier backward; pass retainGraph = true there"
              .formatted(node == null ? name : node.name()));
    }
    Tensor tensor = saved.tensor(i);
    int now = tensor.storage.version();
    if (now != saved.version(i)) {
      throw new IllegalStateException(
          "backward: %s, saved by %s, was changed in place since (version %d, saved at %d); change a copy() instead"
              .formatted(
                  tensor.describe(), node == null ? name : node.name(), now, saved.version(i)));
    }
    return tensor;
  }

  /// What the node holds; `op` is null where `name` says what it is.
  private Saved finished(@Nullable Op op, String name) {
    for (int i = 0; i < size(); i++) {
      if (tensor(i).inference) {
        throw refused(op == null ? name : op.opName(), tensor(i));
      }
    }
    Recomputation call = Recomputation.current();
    return call == null ? this : call.pack(this);
  }

  static IllegalStateException refused(String name, Tensor tensor) {
    return new IllegalStateException(
        "%s: a tensor made in inference mode cannot be saved for backward: %s; use a copy()"
            .formatted(name, tensor.describe()));
  }

  static final class One extends Saved {
    private final Tensor tensor;
    private int version;

    One(Tensor tensor) {
      this.tensor = tensor;
      version = tensor.storage.version();
    }

    @Override
    Tensor tensor(int i) {
      return tensor;
    }

    @Override
    int version(int i) {
      return version;
    }

    @Override
    int size() {
      return 1;
    }

    @Override
    void firstVersion(int version) {
      this.version = version;
    }
  }

  static final class Two extends Saved {
    private final Tensor first;
    private final Tensor second;
    private int firstVersion;
    private final int secondVersion;

    Two(Tensor first, Tensor second) {
      this.first = first;
      this.second = second;
      firstVersion = first.storage.version();
      secondVersion = second.storage.version();
    }

    @Override
    Tensor tensor(int i) {
      return i == 0 ? first : second;
    }

    @Override
    int version(int i) {
      return i == 0 ? firstVersion : secondVersion;
    }

    @Override
    int size() {
      return 2;
    }

    @Override
    void firstVersion(int version) {
      firstVersion = version;
    }
  }

  static final class Many extends Saved {
    private final Tensor[] tensors;
    private final int[] versions;

    Many(Tensor... tensors) {
      this.tensors = tensors;
      versions = new int[tensors.length];
      for (int i = 0; i < tensors.length; i++) {
        versions[i] = tensors[i].storage.version();
      }
    }

    @Override
    Tensor tensor(int i) {
      return tensors[i];
    }

    @Override
    int version(int i) {
      return versions[i];
    }

    @Override
    int size() {
      return tensors.length;
    }

    @Override
    void firstVersion(int version) {
      versions[0] = version;
    }
  }
}
