package dev.gatun.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import dev.gatun.testing.ChildJvm;
import dev.gatun.testing.Garbage;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random programs against F64, and this backend against another.
///
/// `-Dgatun.fuzz.seconds=N` runs them for so long in all, 5 unless set; `-Dgatun.fuzz.seed=S`
/// starts there. A failure names its seed, which then runs alone with 0 seconds.
final class RandomProgramsTest {
  static final long END = Long.MIN_VALUE;

  private static final double SECONDS = Integer.getInteger("gatun.fuzz.seconds", 5);
  private static final long SEED = Long.getLong("gatun.fuzz.seed", 1);

  /// What a child may take beside the process that it follows: it starts cold.
  private static final int CHILD = 60;

  @BeforeEach
  void collect() {
    Garbage.collect();
  }

  @Test
  void agreeWithF64() {
    long end = System.nanoTime() + (long) (SECONDS * 0.5e9);
    long seed = SEED;
    long operations = 0;
    do {
      operations += RandomProgram.run(seed++, Exchange.ALONE);
    } while (System.nanoTime() < end);
    assertTrue(operations >= seed - SEED, "programs without operations");
    if (SECONDS > 5) {
      System.out.printf("%d programs, %d operations%n", seed - SEED, operations);
    }
  }

  @Test
  void agreeWithAnotherBackend(@TempDir Path folder) throws Exception {
    List<Backend> others = new ArrayList<>(Backends.available());
    int mine = others.indexOf(Backends.current());
    Backend other = others.get((mine + 1) % others.size());
    double round = Math.min(SECONDS / 5, 20);
    long end = System.nanoTime() + (long) (SECONDS * 0.5e9);
    long seed = SEED + 1_000_000;
    do {
      Path file = folder.resolve("results");
      long operations = 0;
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
        Exchange leader = new Exchange.Leader(out);
        long stop = System.nanoTime() + (long) (round * 1e9);
        do {
          out.writeLong(seed);
          operations += RandomProgram.run(seed++, leader);
        } while (System.nanoTime() < stop);
        out.writeLong(END);
      }
      String out = follow(other, file, (long) round + CHILD);
      assertTrue(out.endsWith("agreed " + operations), out);
    } while (System.nanoTime() < end);
  }

  private static String follow(Backend backend, Path file, long seconds) throws Exception {
    List<String> flags = new ArrayList<>(ChildJvm.FLAGS);
    flags.add("-Dgatun.backend=" + backend.name().toLowerCase(Locale.ROOT));
    return ChildJvm.start(flags, FollowProgram.class, file.toString()).end(seconds).out();
  }

  /// What once failed.
  @ParameterizedTest
  @ValueSource(longs = {1})
  void agreeStill(long seed) {
    assertTrue(RandomProgram.run(seed, Exchange.ALONE) > 0);
  }
}
