package dev.gatun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Lifetimes.class)
final class LeakDetectorTest {
  private static final long BYTES = 12_288;

  private final List<Leak> leaks = new CopyOnWriteArrayList<>();
  private LeakDetector.Mode usual = LeakDetector.Mode.OFF;

  @BeforeEach
  void listen() {
    usual = LeakDetector.mode();
    LeakDetector.setMode(LeakDetector.Mode.FULL);
    LeakDetector.setListener(leak -> {
      if (leak.bytes() == BYTES) { // others are earlier tests'
        leaks.add(leak);
      }
    });
  }

  @AfterEach
  void listenNoLonger() {
    LeakDetector.setListener(null);
    LeakDetector.setMode(usual);
  }

  private Leak theLeak() throws InterruptedException {
    Lifetimes.collectUntil("a leak is found", () -> !leaks.isEmpty());
    assertEquals(1, leaks.size());
    return leaks.getFirst();
  }

  private static int plantShared() {
    Storage.allocateShared(BYTES).markModified();
    return Thread.currentThread().getStackTrace()[1].getLineNumber() - 1;
  }

  @Test
  void namesTheLineThatAllocatedASharedStorage() throws Exception {
    int line = plantShared();
    Leak leak = theLeak();
    assertEquals("LeakDetectorTest.plantShared(LeakDetectorTest.java:" + line + ")", leak.line());
    assertEquals(
        "leak: memory of 12288 bytes became unreachable without free() (made at "
            + leak.line()
            + " by thread 'main')",
        leak.toString());
    assertEquals(Leak.Kind.SHARED, leak.kind());
    assertEquals("namesTheLineThatAllocatedASharedStorage", leak.frames().get(1).getMethodName());
  }

  private static int plantHandedOver() {
    try (Scope scope = Scope.open("loader")) {
      Storage batch = Storage.allocate(BYTES);
      int line = Thread.currentThread().getStackTrace()[1].getLineNumber() - 1;
      batch.detach();
      assertEquals(0, scope.bytes());
      return line;
    }
  }

  @Test
  void namesTheLineThatAllocatedWhatNobodyAccepted() throws Exception {
    int line = plantHandedOver();
    Leak leak = theLeak();
    assertEquals(Leak.Kind.HANDED_OVER, leak.kind());
    assertEquals(
        "LeakDetectorTest.plantHandedOver(LeakDetectorTest.java:" + line + ")", leak.line());
  }

  @SuppressWarnings("MustBeClosedChecker") // that is what is tested
  private static void plantScope() {
    Scope scope = Scope.open("request");
    Storage.allocate(BYTES).markModified();
    assertEquals(BYTES, scope.bytes());
  }

  @Test
  void namesTheLineThatOpenedAScopeWhoseThreadEnded() throws Exception {
    Thread thread = Thread.ofVirtual().name("client-7").start(LeakDetectorTest::plantScope);
    thread.join();
    Leak leak = theLeak();
    assertEquals(Leak.Kind.SCOPE, leak.kind());
    assertTrue(
        leak.toString()
            .startsWith(
                "leak: scope 'request' of 12288 bytes was still open when its thread ended"
                    + " (opened at LeakDetectorTest.plantScope("));
    assertTrue(leak.toString().endsWith(" by thread 'client-7')"));
  }

  @Test
  void saysNothingOfWhatWasGivenBack() throws Exception {
    long before = LeakReports.count();
    for (int i = 0; i < 100; i++) {
      Storage.allocateShared(BYTES).free();
      try (Scope scope = Scope.open("step")) {
        Storage handedOver = Storage.allocate(BYTES);
        handedOver.detach();
        handedOver.attach();
        Storage unwanted = Storage.allocate(BYTES);
        unwanted.detach();
        unwanted.free();
        assertEquals(BYTES, scope.bytes());
      }
      Storage.allocate(BYTES).markModified(); // the collector's by design
    }
    plantShared(); // is found after them
    theLeak();
    assertTrue(LeakReports.count() > before);
  }

  @Test
  void offRemembersNothingAndSampledSomeOfThem() throws Exception {
    LeakDetector.setMode(LeakDetector.Mode.OFF);
    for (int i = 0; i < 1000; i++) {
      plantShared();
    }
    LeakDetector.setMode(LeakDetector.Mode.SAMPLED);
    for (int i = 0; i < 4000; i++) {
      plantShared();
    }
    Lifetimes.collectUntil("a sampled one is found", () -> !leaks.isEmpty());
    Lifetimes.settle();
    assertTrue(leaks.size() < 400, leaks.size() + " of 4000");
    leaks.forEach(leak -> assertNotNull(leak.line()));
  }

  @Test
  void aListenerThatFailsHarmsNobody() throws Exception {
    LeakDetector.setListener(leak -> {
      leaks.add(leak);
      throw new IllegalStateException("no");
    });
    long live = MemoryStats.now().sharedBytes();
    plantShared();
    Lifetimes.collectUntil("a leak is found", () -> !leaks.isEmpty());
    Lifetimes.collectUntil("it is back", () -> MemoryStats.now().sharedBytes() <= live);
  }

  @Test
  void readsTheMode() {
    assertEquals(LeakDetector.Mode.OFF, LeakDetector.parse(null));
    assertEquals(LeakDetector.Mode.SAMPLED, LeakDetector.parse(" Sampled "));
    assertEquals(
        "gatun.leaks: unknown mode: 'on'; write off, sampled or full",
        assertThrows(IllegalArgumentException.class, () -> LeakDetector.parse("on")).getMessage());
  }

  @Test
  void usingWhatIsGoneNamesWhereItWasMadeFreedAndUsed() {
    Storage freed;
    Storage closed;
    Storage handedOver;
    try (Scope scope = Scope.open("step")) {
      freed = Storage.allocate(8); // made
      freed.free(); // freed
      closed = Storage.allocate(8);
      handedOver = Storage.allocate(8);
      handedOver.detach();
      assertEquals(64, scope.bytes());
    }
    String text = used(freed);
    assertTrue(
        text.matches(
            "tensor \\[64,10\\] was freed and can no longer be read \\(made at %s, freed at %s,"
                    .formatted(LINE, LINE)
                + " used at LeakDetectorTest.lambda.*\\)"),
        text);
    assertEquals(1, lineAfter("freed at ", text) - lineAfter("made at ", text));
    text = used(closed);
    assertTrue(
        text.matches(
            ("scope 'step' is closed: tensor \\[64,10\\] was allocated there and can no longer be"
                    + " read \\(made at %s, closed at %s, used at .*\\)")
                .formatted(LINE, LINE)),
        text);
    text = used(handedOver);
    assertTrue(text.contains("(made at LeakDetectorTest.using"), text);
    assertTrue(text.contains(", handed over at LeakDetectorTest.using"), text);
    handedOver.free();
  }

  private static final String LINE =
      "LeakDetectorTest\\.usingWhatIsGone\\w+\\(LeakDetectorTest\\.java:\\d+\\)";

  private static String used(Storage storage) {
    return Objects.requireNonNull(
        assertThrows(IllegalStateException.class, () -> storage.segment(Lifetimes.TENSOR))
            .getMessage());
  }

  private static int lineAfter(String where, String text) {
    int from = text.indexOf(':', text.indexOf(where)) + 1;
    return Integer.parseInt(text.substring(from, text.indexOf(')', from)));
  }

  @Test
  void aScopeRemembersItsEndForASampledStorageAlone() {
    LeakDetector.setMode(LeakDetector.Mode.OFF);
    Storage storage;
    try (Scope scope = Scope.open("step")) {
      assertNull(scope.closedAt());
      LeakDetector.setMode(LeakDetector.Mode.FULL);
      storage = Storage.allocate(8);
      LeakDetector.setMode(LeakDetector.Mode.OFF);
    }
    assertTrue(used(storage).contains(", closed at LeakDetectorTest."), used(storage));
  }

  @Test
  void anotherThreadIsToldWhereItWasMade() throws Exception {
    try (Scope scope = Scope.open("step")) {
      Storage storage = Storage.allocate(8);
      String text =
          Lifetimes.elsewhere(
              "other",
              () ->
                  Objects.requireNonNull(
                      assertThrows(
                              WrongThreadException.class, () -> storage.segment(Lifetimes.TENSOR))
                          .getMessage()));
      assertTrue(
          text.startsWith(
              "tensor [64,10] belongs to scope 'step' of thread 'main' and was used by thread"
                  + " 'other' (made at LeakDetectorTest.anotherThread"),
          text);
      assertEquals(1, scope.allocations());
    }
  }
}
