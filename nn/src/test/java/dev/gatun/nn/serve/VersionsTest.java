package dev.gatun.nn.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionsTest {
  private static final class Thing implements AutoCloseable {
    private int closed;

    @Override
    public void close() {
      closed++;
    }
  }

  @Test
  void thePublishedOneIsCurrent() {
    try (var versions = new Versions<Thing>(3)) {
      Thing first = new Thing();
      versions.publish("one", first);
      try (Lease<Thing> lease = versions.acquire()) {
        versions.publish("two", new Thing());
        assertSame(first, lease.value());
        assertEquals("one", lease.name());
        try (Lease<Thing> other = versions.acquire()) {
          assertEquals("two", other.name());
        }
      }
      assertEquals(List.of("one", "two"), versions.names());
    }
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker") // closed by the test
  void anOldOneEndsWithItsLastReader() {
    try (var versions = new Versions<Thing>(1)) {
      Thing first = new Thing();
      versions.publish("one", first);
      Lease<Thing> a = versions.acquire();
      Lease<Thing> b = versions.acquire();
      versions.publish("two", new Thing());
      assertEquals(List.of("two"), versions.names());
      a.close();
      a.close();
      assertEquals(0, first.closed);
      assertSame(first, b.value());
      b.close();
      assertEquals(1, first.closed);
      assertEquals(
          "lease: version 'one' was given back",
          assertThrows(IllegalStateException.class, b::value).getMessage());
    }
  }

  @Test
  void rollsBackToWhatIsKept() {
    try (var versions = new Versions<Thing>(3)) {
      List<Thing> things = List.of(new Thing(), new Thing(), new Thing(), new Thing());
      for (int i = 0; i < 4; i++) {
        versions.publish("v" + i, things.get(i));
      }
      assertEquals(1, things.getFirst().closed);
      assertEquals(List.of("v1", "v2", "v3"), versions.names());
      versions.rollBack("v1");
      assertEquals(List.of("v2", "v3", "v1"), versions.names());
      try (Lease<Thing> lease = versions.acquire()) {
        assertSame(things.get(1), lease.value());
      }
      versions.rollBack("v1");
      assertEquals(
          "rollBack: no version of this name is kept: 'v0' (v2, v3, v1)",
          assertThrows(IllegalArgumentException.class, () -> versions.rollBack("v0")).getMessage());
      // What was gone back to counts as the newest: the others go first.
      versions.publish("v4", new Thing());
      assertEquals(List.of("v3", "v1", "v4"), versions.names());
      assertEquals(1, things.get(2).closed);
      assertEquals(0, things.get(1).closed);
    }
  }

  @Test
  void aNameThatIsTakenLeavesTheValueToItsOwner() {
    try (var versions = new Versions<Thing>(2)) {
      versions.publish("one", new Thing());
      Thing other = new Thing();
      assertEquals(
          "publish: a version has this name already: 'one'",
          assertThrows(IllegalArgumentException.class, () -> versions.publish("one", other))
              .getMessage());
      assertEquals(0, other.closed);
      assertThrows(IllegalArgumentException.class, () -> new Versions<Thing>(0));
    }
  }

  @Test
  void saysWhyThereIsNone() {
    var versions = new Versions<Thing>(2);
    assertEquals("acquire: nothing was published yet", refused(versions));
    Thing thing = new Thing();
    versions.publish("one", thing);
    try (Lease<Thing> lease = versions.acquire()) {
      versions.close();
      assertFalse(thing.closed > 0);
      assertSame(thing, lease.value());
    }
    assertEquals(1, thing.closed);
    versions.close();
    assertEquals(1, thing.closed);
    assertEquals("acquire: the versions are closed", refused(versions));
    assertThrows(IllegalStateException.class, () -> versions.publish("two", new Thing()));
    assertThrows(IllegalStateException.class, () -> versions.rollBack("one"));
    assertTrue(versions.names().isEmpty());
  }

  private static String refused(Versions<Thing> versions) {
    return String.valueOf(
        assertThrows(IllegalStateException.class, () -> versions.acquire().close()).getMessage());
  }

  @Test
  void closesAllWhateverOneThrows() {
    Thing last = new Thing();
    var versions = new Versions<AutoCloseable>(3);
    versions.publish(
        "bad",
        () -> {
          throw new IOException("disk");
        });
    versions.publish("last", last);
    assertEquals(
        "versions: 'bad' could not be closed: java.io.IOException: disk",
        assertThrows(IllegalStateException.class, versions::close).getMessage());
    assertEquals(1, last.closed);
  }
}
