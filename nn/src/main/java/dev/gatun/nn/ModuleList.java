package dev.gatun.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/// Modules in a list, registered as `0`, `1`, …; whoever holds the list calls them. PyTorch's
/// `torch.nn.ModuleList`.
///
/// @param <M> what all of them are
public final class ModuleList<M extends Module> extends Module implements Iterable<M> {
  private final List<M> modules = new ArrayList<>();

  /// Modules in their order.
  ///
  /// @param modules any number
  @SafeVarargs
  @SuppressWarnings("varargs")
  public ModuleList(M... modules) {
    this(List.of(modules));
  }

  /// Modules in their order.
  ///
  /// @param modules any number
  public ModuleList(Collection<? extends M> modules) {
    extend(modules);
  }

  /// Adds a module at the end.
  ///
  /// @param module the module
  /// @return this
  /// @throws IllegalArgumentException if the module contains this list
  @CanIgnoreReturnValue
  public ModuleList<M> append(M module) {
    modules.add(child(Integer.toString(modules.size()), module));
    return this;
  }

  /// Adds modules at the end, in their order.
  ///
  /// @param more any number
  /// @return this
  /// @throws IllegalArgumentException if one of them contains this list
  @CanIgnoreReturnValue
  public ModuleList<M> extend(Collection<? extends M> more) {
    more.forEach(this::append);
    return this;
  }

  /// Adds a module in front of another; those from there on take the next numbers.
  ///
  /// @param index of that other module, or from the back when negative; the size adds at the end
  /// @param module the module
  /// @return this
  /// @throws IndexOutOfBoundsException if there is no such place
  /// @throws IllegalArgumentException if the module contains this list
  @CanIgnoreReturnValue
  public ModuleList<M> insert(int index, M module) {
    int at = index == modules.size() ? index : at(index);
    append(module);
    Collections.rotate(modules.subList(at, modules.size()), 1);
    numberChildren(modules);
    return this;
  }

  /// Puts a module in the place of another, which is not closed.
  ///
  /// @param index from the front, or from the back when negative
  /// @param module the module
  /// @return the one that was there
  /// @throws IndexOutOfBoundsException if there is none
  /// @throws IllegalArgumentException if the module contains this list
  @CanIgnoreReturnValue
  public M set(int index, M module) {
    int at = at(index);
    putChild(Integer.toString(at), module);
    return modules.set(at, module);
  }

  /// Takes a module out; those behind it take its number and the next ones. It is not closed.
  ///
  /// @param index from the front, or from the back when negative
  /// @return the module
  /// @throws IndexOutOfBoundsException if there is none
  @CanIgnoreReturnValue
  public M pop(int index) {
    M module = modules.remove(at(index));
    numberChildren(modules);
    return module;
  }

  private int at(int index) {
    return Numbers.index("ModuleList", index, modules.size(), "modules");
  }

  /// The module at a position.
  ///
  /// @param index from the front, or from the back when negative
  /// @return the module
  /// @throws IndexOutOfBoundsException if there is none
  public M get(int index) {
    return modules.get(at(index));
  }

  /// {@return the number of modules}
  public int size() {
    return modules.size();
  }

  @Override
  public Iterator<M> iterator() {
    return Collections.unmodifiableList(modules).iterator();
  }

  /// Throws: a list does not say how its modules follow each other.
  ///
  /// @throws UnsupportedOperationException always
  @Override
  public Tensor forward(Tensor x) {
    throw new UnsupportedOperationException(
        "ModuleList: a list has no forward; call its modules, or use Sequential");
  }
}
