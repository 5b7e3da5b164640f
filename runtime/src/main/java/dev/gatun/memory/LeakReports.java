package dev.gatun.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// Where leaks are told: the log, the listener and the flight recorder.
final class LeakReports {
  private static final System.Logger LOG = System.getLogger("dev.gatun.memory");
  private static final int MOST_LINES = 1000;

  /// How often each came; a program has few lines that allocate.
  private static final Map<String, Integer> TIMES = new ConcurrentHashMap<>();

  private static final LongAdder COUNT = new LongAdder();

  private LeakReports() {}

  static long count() {
    return COUNT.sum();
  }

  static void add(Leak leak) {
    COUNT.increment();
    int times = count(leak.kind() + " " + leak.what() + " " + leak.line());
    if (Integer.bitCount(times) == 1) {
      LOG.log(
          System.Logger.Level.WARNING,
          times == 1 ? leak.toString() : leak + "; " + times + " times from there so far");
    }
    Flight.leak(leak);
    Consumer<? super Leak> listener = LeakDetector.listener();
    if (listener != null) {
      try {
        listener.accept(leak);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "leak: the listener failed: " + e, e);
      }
    }
  }

  private static int count(String from) {
    boolean isNew = !TIMES.containsKey(from) && TIMES.size() >= MOST_LINES;
    return TIMES.merge(isNew ? "others" : from, 1, Integer::sum);
  }
}
