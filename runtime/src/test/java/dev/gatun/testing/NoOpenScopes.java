package dev.gatun.testing;

import dev.gatun.memory.MemoryStats;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails a test that ends with more open scopes than it began with: some path forgot to close one.
public final class NoOpenScopes implements BeforeEachCallback, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(NoOpenScopes.class);

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(NAMESPACE).put("open", MemoryStats.now().openScopes());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    long before = context.getStore(NAMESPACE).getOrDefault("open", Long.class, 0L);
    long after = MemoryStats.now().openScopes();
    if (after != before) {
      throw new AssertionError(
          "scopes: %d are still open after the test (before: %d, bytes in scopes: %d)"
              .formatted(after, before, MemoryStats.now().scopedBytes()));
    }
  }
}
