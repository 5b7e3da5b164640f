package dev.gatun.memory;

import org.jspecify.annotations.Nullable;

/// A storage that the detector remembers.
final class TracedStorage extends Storage {
  private final Trace made = Trace.here();
  private String how = "";
  private @Nullable Trace ended;

  TracedStorage(long byteSize, State state) {
    super(byteSize, state);
  }

  @Override
  Loss loss(Leak.Kind kind) {
    return new Loss(kind, made);
  }

  @Override
  void noteOwner(Scope owner) {
    owner.remember();
    ended = null;
  }

  @Override
  void noteEnd(String what) {
    how = what;
    ended = Trace.here();
  }

  @Override
  String history(@Nullable Scope scope) {
    StringBuilder text = new StringBuilder(" (made at ").append(made);
    Trace closed = scope == null ? null : scope.closedAt();
    if (ended != null) {
      text.append(", ").append(how).append(" at ").append(ended);
    } else if (closed != null) {
      text.append(", closed at ").append(closed);
    }
    return text.append(", used at ").append(Trace.here()).append(')').toString();
  }
}
