package dev.gatun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.natives.NativeHeap;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A heap that is full in the middle of allocations, in a process of its own.
final class HeapExhaustionTest {
  /// The process.
  @SuppressWarnings("NullAway") // an array that is emptied
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      for (int round = -3; round < 6; round++) {
        fill(Math.floorMod(round, 3), round < 0 ? 10 : 1 << 18); // first all classes are loaded
      }
      for (int i = 0; i < 100 && MemoryStats.now().liveBytes() > 0; i++) {
        Collected.collect();
      }
      MemoryStats.trim();
      MemoryStats now = MemoryStats.now();
      System.out.println(
          "live %d, pooled %d, open %d"
              .formatted(now.liveBytes(), now.pooledBytes(), now.openScopes()));
    }

    private static void fill(int kind, int most) {
      Storage[] held = new Storage[1 << 18]; // nothing else is allocated here
      int count = 0;
      try (Scope _ = Scope.open("full")) {
        while (count < most) {
          held[count] = allocate(kind);
          count++;
        }
        throw new OutOfMemoryError("none yet");
      } catch (OutOfMemoryError e) {
        for (int i = 0; i < count; i++) {
          held[i].free();
          held[i] = null;
        }
        System.out.println(kind + " " + e.getMessage());
      }
    }

    private static Storage allocate(int kind) {
      Storage storage = kind == 1 ? Storage.allocateShared(100) : Storage.allocate(100);
      if (kind == 2) {
        storage.keep();
      }
      return storage;
    }
  }

  @Test
  void losesNothing() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-Xmx24m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UseGCOverheadLimit",
            "-Dgatun.memory.limit=1g",
            "-Dgatun.gc.limit=1g",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(),
            Main.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    String full = "0 Java heap space\n1 Java heap space\n2 Java heap space\n";
    String warm = "0 none yet\n1 none yet\n2 none yet\n";
    assertEquals(warm + full + full + "live 0, pooled 0, open 0\n", output);
  }

  /// Where these classes are, whether the tests run on a class path or on a module path.
  private static String classPath() throws Exception {
    List<String> places = new ArrayList<>();
    for (Class<?> type : List.of(Storage.class, NativeHeap.class, Main.class)) {
      places.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return String.join(File.pathSeparator, places);
  }
}
