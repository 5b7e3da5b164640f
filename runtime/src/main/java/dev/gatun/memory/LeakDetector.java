package dev.gatun.memory;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Remembers where memory was allocated, to name the line when it is never given back, and in the
/// message when it is used after its end.
///
/// What belongs to a scope cannot be forgotten while the scope is closed in the end; what is
/// reported is every [Leak.Kind]. Each is logged as a warning by the logger `dev.gatun.memory`, the
/// first, second, fourth, eighth time and so on that it comes from the same line; the listener and
/// the event `dev.gatun.Leak` get them all.
///
/// `-Dgatun.leaks=off|sampled|full` sets the mode at the start. It costs nothing when off, and
/// about a microsecond for each storage and scope that it remembers.
public final class LeakDetector {
  /// What is remembered.
  public enum Mode {
    /// Nothing: a scope that its thread left open is reported without its line.
    OFF,
    /// One storage or scope in 128, chosen at random: for production.
    SAMPLED,
    /// All of them: for tests.
    FULL
  }

  private static final int SAMPLE = 128;
  private static final String PROPERTY = "gatun.leaks";

  /// Null before the property was read.
  private static volatile @Nullable Mode mode;

  private static volatile @Nullable Consumer<? super Leak> listener;

  private LeakDetector() {}

  /// Returns the mode.
  ///
  /// @return what is remembered from now on
  /// @throws IllegalArgumentException if the property is set to something else
  public static Mode mode() {
    Mode known = mode;
    if (known == null) {
      known = parse(System.getProperty(PROPERTY));
      mode = known;
    }
    return known;
  }

  /// Changes the mode, for what is allocated from now on.
  ///
  /// @param value what to remember
  public static void setMode(Mode value) {
    mode = Objects.requireNonNull(value);
  }

  /// Sets who is told of each leak, on a thread of Gatun's that must not be kept.
  ///
  /// @param consumer the listener, or null for none
  public static void setListener(@Nullable Consumer<? super Leak> consumer) {
    listener = consumer;
  }

  static @Nullable Consumer<? super Leak> listener() {
    return listener;
  }

  /// Whether to remember what is being made.
  static boolean samples() {
    return mode != Mode.OFF && chooses();
  }

  private static boolean chooses() {
    return switch (mode()) {
      case OFF -> false;
      case SAMPLED -> ThreadLocalRandom.current().nextInt(SAMPLE) == 0;
      case FULL -> true;
    };
  }

  static Mode parse(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return Mode.OFF;
    }
    try {
      return Mode.valueOf(value.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(
          PROPERTY + ": unknown mode: '" + value + "'; write off, sampled or full");
    }
  }
}
