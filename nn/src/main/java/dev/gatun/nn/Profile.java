package dev.gatun.nn;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.HookHandle;
import dev.gatun.tensor.MultiplyAdds;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Calls a module once and notes, by hooks, what each of its modules did.
final class Profile {
  /// What is known of one module.
  private static final class Notes {
    int calls;
    @Nullable List<Long> output;
    long outputBytes;
    long multiplyAdds;
    @Nullable String name;
  }

  /// A call that has not returned yet.
  private static final class Frame {
    final MultiplyAdds work;
    long ofOthers;

    @SuppressWarnings("MustBeClosedChecker") // closed when the call returns, or by run()
    Frame() {
      work = MultiplyAdds.open();
    }
  }

  private final Module root;
  private final IdentityHashMap<Module, Notes> notes = new IdentityHashMap<>();
  private final Deque<Frame> open = new ArrayDeque<>();
  private final Set<Tensor> counted = ModuleTree.identitySet();
  private final List<Summary.Row> rows = new ArrayList<>();

  Profile(Module root) {
    this.root = root;
  }

  Summary run(Tensor x) {
    List<Module> modules = root.modules();
    boolean[] training = new boolean[modules.size()];
    List<HookHandle> hooks = new ArrayList<>();
    for (int i = 0; i < training.length; i++) {
      Module module = modules.get(i);
      training[i] = module.isTraining();
      notes.put(module, new Notes());
      hooks.add(module.registerForwardPreHook((_, _) -> enter()));
      hooks.add(module.registerForwardHook((called, _, y) -> leave(called, y)));
    }
    try (var _ = NoGrad.open();
        var _ = Scope.open("summary")) {
      root.eval();
      Tensor _ = root.call(x);
    } finally {
      hooks.forEach(HookHandle::remove);
      while (!open.isEmpty()) {
        open.pop().work.close();
      }
      // Parents come first, so each module has the last word on itself.
      for (int i = 0; i < training.length; i++) {
        if (modules.get(i).isTraining() != training[i]) {
          modules.get(i).train(training[i]);
        }
      }
    }
    list("", "", root, 0);
    return summary();
  }

  private @Nullable Tensor enter() {
    open.push(new Frame());
    return null;
  }

  private @Nullable Tensor leave(Module module, Tensor y) {
    Frame frame = open.pop();
    frame.work.close();
    long all = frame.work.count();
    Frame caller = open.peek();
    if (caller != null) {
      caller.ofOthers += all;
    }
    Notes own = of(module);
    own.calls++;
    own.output = Arrays.stream(y.shape()).boxed().toList();
    own.outputBytes += bytes(y);
    own.multiplyAdds += all - frame.ofOthers;
    return null;
  }

  private Notes of(Module module) {
    return notes.computeIfAbsent(module, _ -> new Notes());
  }

  private void list(String prefix, String name, Module module, int depth) {
    String path = ModuleTree.join(prefix, name);
    Notes own = of(module);
    String before = own.name;
    if (before != null) {
      rows.add(new Summary.Row(path, module.typeName(), depth, before, 0, own.output, 0, 0, 0, 0));
      return;
    }
    own.name = path;
    long parameters = 0;
    long bytes = 0;
    for (Parameter parameter : module.registry().parameters.values()) {
      if (!parameter.isUninitialized() && counted.add(parameter)) {
        parameters += parameter.numel();
        bytes += bytes(parameter);
      }
    }
    for (Buffer buffer : module.registry().buffers.values()) {
      bytes += buffer.isUninitialized() ? 0 : bytes(buffer);
    }
    rows.add(
        new Summary.Row(
            path,
            module.typeName(),
            depth,
            null,
            own.calls,
            own.output,
            parameters,
            bytes,
            own.outputBytes,
            own.multiplyAdds));
    module.registry().children.forEach((child, value) -> list(path, child, value, depth + 1));
  }

  private Summary summary() {
    List<Parameter> known =
        root.parameters().stream().filter(parameter -> !parameter.isUninitialized()).toList();
    long leaves =
        notes.entrySet().stream()
            .filter(entry -> entry.getKey().registry().children.isEmpty())
            .mapToLong(entry -> entry.getValue().outputBytes)
            .sum();
    return new Summary(
        rows,
        known.stream().mapToLong(Tensor::numel).sum(),
        known.stream().filter(Tensor::requiresGrad).mapToLong(Tensor::numel).sum(),
        known.stream().mapToLong(Profile::bytes).sum(),
        root.buffers().stream()
            .filter(buffer -> !StateDict.isUninitialized(buffer))
            .mapToLong(Profile::bytes)
            .sum(),
        leaves,
        rows.stream().mapToLong(Summary.Row::multiplyAdds).sum());
  }

  private static long bytes(Tensor tensor) {
    return tensor.numel() * tensor.dtype().byteSize();
  }
}
