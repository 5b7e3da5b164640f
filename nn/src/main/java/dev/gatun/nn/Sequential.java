package dev.gatun.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.tensor.Activation;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Modules called one after the other. They are named `0`, `1`, … unless names are given; the same
/// module may stand in several places. A [Linear] and the [ReLU], [Sigmoid], [Tanh] or exact [GELU]
/// that follows it run as one operation, with the same result, unless one of them has hooks.
public final class Sequential extends Module implements Iterable<Module> {
  private final List<Module> modules = new ArrayList<>();

  /// Modules in the order they are called.
  ///
  /// @param modules any number
  public Sequential(Module... modules) {
    for (Module module : modules) {
      add(module);
    }
  }

  /// Named modules, called in the order of the map; pass one that keeps it, such as
  /// [java.util.LinkedHashMap].
  ///
  /// @param modules by name
  public Sequential(Map<String, ? extends Module> modules) {
    modules.forEach(this::add);
  }

  /// Appends a module, named by its position.
  ///
  /// @param module called after those already here
  /// @return this
  @CanIgnoreReturnValue
  public Sequential add(Module module) {
    return add(Integer.toString(modules.size()), module);
  }

  /// Appends a named module.
  ///
  /// @param name not empty, without dots, not used here
  /// @param module called after those already here
  /// @return this
  @CanIgnoreReturnValue
  public Sequential add(String name, Module module) {
    modules.add(child(name, module));
    return this;
  }

  /// Appends modules, named by their positions.
  ///
  /// @param more in the order they are called
  /// @return this
  @CanIgnoreReturnValue
  public Sequential extend(Iterable<? extends Module> more) {
    more.forEach(this::add);
    return this;
  }

  /// Adds a module in front of another. All modules are named by their positions then.
  ///
  /// @param index of that other module, or from the back when negative; the size adds at the end
  /// @param module the module
  /// @return this
  /// @throws IndexOutOfBoundsException if there is no such place
  /// @throws IllegalArgumentException if the module contains this
  @CanIgnoreReturnValue
  public Sequential insert(int index, Module module) {
    int at = index == size() ? index : at(index);
    requireOutside(Integer.toString(at), module);
    modules.add(at, module);
    numberChildren(modules);
    return this;
  }

  /// Puts a module in the place of another, under its name. That one is not closed.
  ///
  /// @param index from the front, or from the back when negative
  /// @param module the module
  /// @return the one that was there
  /// @throws IndexOutOfBoundsException if there is none
  /// @throws IllegalArgumentException if the module contains this
  @CanIgnoreReturnValue
  public Module set(int index, Module module) {
    int at = at(index);
    putChild(List.copyOf(registry().children.keySet()).get(at), module);
    return modules.set(at, module);
  }

  /// Takes a module out, which is not closed. All others are named by their positions then.
  ///
  /// @param index from the front, or from the back when negative
  /// @return the module
  /// @throws IndexOutOfBoundsException if there is none
  @CanIgnoreReturnValue
  public Module pop(int index) {
    Module module = modules.remove(at(index));
    numberChildren(modules);
    return module;
  }

  private int at(int index) {
    return Numbers.index("Sequential", index, modules.size(), "modules");
  }

  /// The module at a position.
  ///
  /// @param index from the front, or from the back when negative
  /// @return the module
  /// @throws IndexOutOfBoundsException if there is none
  public Module get(int index) {
    return modules.get(at(index));
  }

  /// {@return the number of modules}
  public int size() {
    return modules.size();
  }

  @Override
  public Iterator<Module> iterator() {
    return Collections.unmodifiableList(modules).iterator();
  }

  @Override
  public Tensor forward(Tensor x) {
    Tensor y = x;
    int size = modules.size();
    for (int i = 0; i < size; i++) {
      Module module = modules.get(i);
      Activation last = i + 1 < size ? activation(modules.get(i + 1)) : Activation.NONE;
      if (last != Activation.NONE && module instanceof Linear linear && !linear.hasHooks()) {
        y = linear.forward(y, last);
        i++;
      } else if (last == Activation.RELU && module instanceof Convolution && !module.hasHooks()) {
        // Nothing else reads the sums, and backward does not.
        y = module.forward(y).relu_();
        i++;
      } else {
        y = module.call(y);
      }
    }
    return y;
  }

  /// What a product can end with, so that no pass over its result is needed for it.
  private static Activation activation(Module module) {
    if (module.hasHooks()) {
      return Activation.NONE;
    }
    return switch (module) {
      case ReLU _ -> Activation.RELU;
      case Sigmoid _ -> Activation.SIGMOID;
      case Tanh _ -> Activation.TANH;
      case GELU gelu when gelu.isExact() -> Activation.GELU;
      default -> Activation.NONE;
    };
  }
}
