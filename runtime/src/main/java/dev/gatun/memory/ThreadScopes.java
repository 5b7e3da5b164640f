package dev.gatun.memory;

import org.jspecify.annotations.Nullable;

/// What a thread has open. One lookup finds it all; scopes come and go without writing to the
/// thread's map again.
final class ThreadScopes {
  private static final ThreadLocal<ThreadScopes> CURRENT =
      ThreadLocal.withInitial(ThreadScopes::new);

  final Thread thread = Thread.currentThread();
  final Stripe stripe = Pool.stripe(thread);
  @Nullable Scope innermost;

  private ThreadScopes() {}

  static ThreadScopes current() {
    return CURRENT.get();
  }
}
