package dev.gatun.memory;

/// Native memory was refused, because a budget has no room for it: that of the process, of what is
/// outside of scopes ([MemoryBudget]) or of a scope ([Scope#open(String, long)]). Nothing was
/// allocated, and what was there before is as usable as it was.
public final class MemoryBudgetException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private final long requestedBytes;
  private final long limitBytes;

  MemoryBudgetException(String message, long requestedBytes, long limitBytes) {
    super(message);
    this.requestedBytes = requestedBytes;
    this.limitBytes = limitBytes;
  }

  /// Returns how much was asked for.
  ///
  /// @return bytes
  public long requestedBytes() {
    return requestedBytes;
  }

  /// Returns the limit of the budget that refused.
  ///
  /// @return bytes
  public long limitBytes() {
    return limitBytes;
  }
}
