package dev.gatun.tensor;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.memory.Storage;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One call of [Checkpoint]. The graph of the function is recorded as ever, but what its nodes save
/// is told by number alone, and freed with the call. When backward asks for one of these tensors
/// the function runs again, and what it saves on the way is what the numbers stand for.
///
/// A pass over the graph frees what was recomputed as soon as it has visited all nodes of the call.
final class Recomputation {
  /// Whether there ever was one: the only thing that is read where none is used.
  private static boolean used;

  private final Function<List<Tensor>, List<Tensor>> function;
  private final Saved inputs;
  private final List<Boolean> needed = new ArrayList<>();
  private final @Nullable Recomputation around;
  private final List<Facts> expected = new ArrayList<>();
  private final List<Draw> draws = new ArrayList<>();

  /// What was saved, by number: while the function runs, and while a pass needs it.
  private @Nullable List<Value> values;

  private final IdentityHashMap<Storage, Boolean> owned = new IdentityHashMap<>();
  private boolean replaying;
  private int nextDraw;

  private record Facts(DType dtype, Size shape) {}

  private record Value(Tensor tensor, int version) {}

  /// Where in a stream of random numbers something was drawn.
  record Draw(long seed, long counter) {}

  private Recomputation(Function<List<Tensor>, List<Tensor>> function, List<Tensor> inputs) {
    this.function = function;
    around = Tape.recomputation();
    // A call inside of another one has inputs that the outer one has to recompute.
    this.inputs = Saved.all("checkpoint", inputs);
    inputs.forEach(input -> needed.add(input.requiresGrad()));
  }

  /// The call that this thread is in, if any.
  static @Nullable Recomputation current() {
    return used ? Tape.recomputation() : null;
  }

  static boolean isUsed() {
    return used;
  }

  static List<Tensor> run(Function<List<Tensor>, List<Tensor>> function, List<Tensor> inputs) {
    used = true;
    Recomputation call = new Recomputation(function, inputs);
    List<Value> live = new ArrayList<>();
    call.values = live;
    try (Scope scope = Scope.open("checkpoint")) {
      Tape.recomputation(call);
      List<Tensor> outputs = function.apply(inputs);
      FunctionCall.keep(scope, outputs);
      return outputs;
    } finally {
      Tape.recomputation(call.around);
      call.values = null;
    }
  }

  /// Notes what a node saves; returns what the node is to hold in its place.
  Saved pack(Saved saved) {
    List<Value> into = values;
    if (into == null) {
      return saved;
    }
    int first = into.size();
    for (int i = 0; i < saved.size(); i++) {
      Tensor tensor = saved.tensor(i);
      Facts facts = new Facts(tensor.dtype, Size.of(tensor.shape));
      if (!replaying) {
        expected.add(facts);
      } else if (into.size() >= expected.size() || !facts.equals(expected.get(into.size()))) {
        throw mismatch("%s %s".formatted(tensor.dtype, Shapes.format(tensor.shape)));
      }
      into.add(new Value(tensor.detach(), tensor.storage.version()));
    }
    return replaying ? saved : new Packed(this, first, saved.size());
  }

  private static IllegalStateException mismatch(String what) {
    return new IllegalStateException(
        "checkpoint: the function did something else when it was run again: saved %s; it must do the same each time"
            .formatted(what));
  }

  private Value value(int number) {
    List<Value> known = values;
    if (known != null) {
      return known.get(number);
    }
    List<Value> made = recompute();
    Backward pass = Tape.pass();
    if (pass != null) {
      values = made;
      pass.opened(this);
    }
    return made.get(number);
  }

  private List<Value> recompute() {
    List<Tensor> again = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      again.add(Saved.unpack(inputs, i, null, "checkpoint").detach().requiresGrad_(needed.get(i)));
    }
    Recomputation before = Tape.recomputation();
    List<Value> made = new ArrayList<>();
    values = made;
    replaying = true;
    nextDraw = 0;
    try (Scope scope = Scope.open("recomputation");
        var _ = EnableGrad.open()) {
      Tape.recomputation(this);
      var _ = function.apply(again);
      if (made.size() != expected.size()) {
        throw mismatch("%d tensors, %d before".formatted(made.size(), expected.size()));
      }
      Backward pass = Tape.pass();
      Scope target = pass == null ? null : pass.scope();
      for (Value value : made) {
        Storage storage = value.tensor.storage;
        if (storage.isOwnedBy(scope)) {
          do {
            storage.keep();
          } while (target != null && !storage.isOwnedBy(target));
          owned.put(storage, true);
        }
      }
      return made;
    } finally {
      replaying = false;
      Tape.recomputation(before);
      values = null;
    }
  }

  /// Whether the memory is of what was recomputed, and goes with it.
  boolean owns(Storage storage) {
    return owned.containsKey(storage);
  }

  /// Forgets what was recomputed.
  ///
  /// @param free whether to free it too, and not leave it to its scope
  void forget(boolean free) {
    values = null;
    if (free) {
      owned.keySet().forEach(Storage::free);
    }
    owned.clear();
  }

  /// Where to draw: where it was drawn before when the function runs again, else where `fresh`
  /// says.
  Draw draw(Supplier<Draw> fresh) {
    if (replaying) {
      if (nextDraw >= draws.size()) {
        throw mismatch("nothing yet, but drew more random numbers");
      }
      return draws.get(nextDraw++);
    }
    Draw drawn = around == null ? fresh.get() : around.draw(fresh);
    draws.add(drawn);
    return drawn;
  }

  /// What a node holds in place of what it saves.
  static final class Packed extends Saved {
    private final Recomputation call;
    private final int first;
    private final int size;

    Packed(Recomputation call, int first, int size) {
      this.call = call;
      this.first = first;
      this.size = size;
    }

    Recomputation call() {
      return call;
    }

    @Override
    Tensor tensor(int i) {
      return call.value(first + i).tensor;
    }

    @Override
    int version(int i) {
      List<Value> known = call.values;
      return known == null ? tensor(i).storage.version() : known.get(first + i).version;
    }

    @Override
    int size() {
      return size;
    }

    @Override
    void firstVersion(int version) {
      // An operand that was overwritten is not read; it is not there in the recomputed ones either.
    }
  }
}
