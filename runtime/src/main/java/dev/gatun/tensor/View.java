package dev.gatun.tensor;

import org.jspecify.annotations.Nullable;

/// A tensor over the memory of another, its base. Its base is what a change in place has to be
/// recorded on, so that everything that shares the memory sees it.
///
/// The node of a view follows its base: after a change that was recorded on the base the view takes
/// its gradient through the base's new node. It finds out when it is asked, so a change costs the
/// same however many views there are.
final class View extends Tensor {
  private @Nullable Tensor base;

  /// The node of the base that the node of this was made under.
  private @Nullable Node seen;

  View(Tensor of, long[] shape, long[] strides, long offset, long numel) {
    super(of, shape, strides, offset, numel);
    base = of instanceof View view && view.base != null && !isWanted(view) ? view.base : of;
    seen = base.node();
  }

  /// Whether a view is a leaf of its own, which hides what it is a view of.
  private static boolean isWanted(View view) {
    Node node = view.node;
    return node != null && node.leaf() != null;
  }

  /// Makes this the base of its own views: its memory is that of a result, not of an operand.
  void standAlone() {
    base = null;
  }

  /// The tensor that changes of `x` in place are recorded on, null where that is `x` itself.
  static @Nullable Tensor base(Tensor x) {
    Tensor root = null;
    for (Tensor at = x; at instanceof View view && !isWanted(view); at = root) {
      if (view.base == null) {
        break;
      }
      root = view.base;
    }
    return root;
  }

  /// The node of this as it is now.
  @Nullable Node current() {
    Tensor source = base;
    if (source != null) {
      Node now = source.node();
      if (now != seen) {
        // A base that has become a leaf, or was detached, says nothing of what was made before.
        if (now != null && now.leaf() == null) {
          Node before = node;
          node =
              Node.of(new InPlaceRecords.AsStrided(Geometry.of(source, this)), this, source, null);
          Extras.moveRetained(before, node);
        }
        seen = now;
      }
    }
    return node;
  }
}
