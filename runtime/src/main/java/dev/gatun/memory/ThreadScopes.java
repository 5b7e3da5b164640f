package dev.gatun.memory;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// What a thread has open. One lookup finds it all; scopes come and go without writing to the
/// thread's map again.
///
/// What a thread leaves open when it ends is given back: the map holds a token besides, which
/// nothing else refers to.
final class ThreadScopes {
  private static final ThreadLocal<Object> TOKEN = new ThreadLocal<>();
  private static final ThreadLocal<ThreadScopes> CURRENT =
      ThreadLocal.withInitial(ThreadScopes::make);

  /// Those whose thread was not seen to have ended when its map was gone.
  private static final Queue<ThreadScopes> DOUBTFUL = new ConcurrentLinkedQueue<>();

  final Thread thread = Thread.currentThread();
  final Stripe stripe = Pool.stripe(thread);
  @Nullable Scope innermost;

  /// Blocks on their way from a scope to the pool.
  @Nullable Block small;

  @Nullable Block large;

  /// Blocks that could not be returned where the stack ended.
  @Nullable Block stray;

  private ThreadScopes() {}

  private static ThreadScopes make() {
    ThreadScopes mine = new ThreadScopes();
    Object token = new Object();
    TOKEN.set(token);
    Lease.CLEANER.register(token, () -> lookAfter(mine));
    return mine;
  }

  static ThreadScopes current() {
    return CURRENT.get();
  }

  void giveBack() {
    Block chain = small;
    if (chain != null) {
      Pool.giveSmall(stripe, chain);
      small = null;
    }
    chain = large;
    if (chain != null) {
      Pool.giveLarge(chain);
      large = null;
    }
    for (chain = stray; chain != null; chain = stray) {
      Block next = chain.next;
      Pool.give(chain);
      stray = next;
    }
  }

  private static void lookAfter(ThreadScopes gone) {
    DOUBTFUL.add(gone);
    sweep();
  }

  /// Takes back what threads that have ended left open. A thread's last breath, or a library that
  /// clears the maps of threads that go on, makes it wait here. Holds no lock: whoever is told of a
  /// leak may do as he likes.
  static void sweep() {
    for (int i = DOUBTFUL.size(); i > 0; i--) {
      ThreadScopes gone = DOUBTFUL.poll();
      if (gone != null && !gone.isSettled()) {
        DOUBTFUL.add(gone);
      }
    }
  }

  private boolean isSettled() {
    if (innermost == null && small == null && large == null) {
      return true;
    }
    if (thread.isAlive()) {
      return false;
    }
    for (Scope scope = innermost; scope != null; scope = innermost) {
      scope.abandon();
    }
    giveBack();
    return true;
  }
}
