package dev.gatun;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import dev.gatun.bindings.BlasInfo;
import dev.gatun.memory.MemoryStats;
import dev.gatun.natives.LoadReport;
import dev.gatun.natives.NativeLibrary;
import dev.gatun.natives.Origin;
import dev.gatun.natives.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatunTest {
  private static final Rejected BUNDLED =
      new Rejected("bundled", "none for linux-riscv64", "install libopenblas");
  private static final Rejected SYSTEM = new Rejected("libopenblas.so.0", "not found", "");

  @Test
  void knowsItsVersion() {
    assertTrue(Gatun.version().matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"), Gatun.version());
  }

  @Test
  void tellsWhatRuns() {
    Info info = Gatun.info();
    assertEquals(Gatun.version(), info.version());
    assertEquals(Backends.current(), info.backend());
    assertEquals(Backends.reason(Backends.current()), info.reason());
    assertEquals(Backends.threads(), info.threads());
    assertTrue(info.java().startsWith(Runtime.version().feature() + "."), info.java());
    assertFalse(info.cpu().isBlank());
    assertFalse(info.openblas().isEmpty());
    List<String> names =
        info.toString()
            .lines()
            .map(line -> line.substring(0, 10).strip())
            .filter(name -> !name.isEmpty())
            .toList();
    assertEquals(
        List.of(
            "gatun", "java", "system", "cpu", "backend", "openblas", "vector", "threads", "memory"),
        names);
  }

  @Test
  void acceptsTheBackendThatRuns() {
    Backend runs = Backends.current();
    assertDoesNotThrow(() -> Gatun.require(runs));
    assertDoesNotThrow(() -> Gatun.require(other(runs), runs));
  }

  /// The tests are started with `-Dgatun.backend`.
  @Test
  void refusesAnotherBackend() {
    Backend runs = Backends.current();
    Backend wanted = other(runs);
    assertEquals(
        ("require: %s is wanted, %s runs: -Dgatun.backend=%s is set; remove it or set"
                + " -Dgatun.backend=%s")
            .formatted(wanted, runs, lower(runs), lower(wanted)),
        assertThrows(IllegalStateException.class, () -> Gatun.require(wanted)).getMessage());
  }

  @Test
  void saysWhyTheWantedBackendDoesNotRun() {
    LoadReport report = new LoadReport(null, List.of(BUNDLED, SYSTEM));
    Map<Backend, String> missing =
        Map.of(Backend.OPENBLAS, Advice.reason(report), Backend.VECTOR, "no module");
    assertEquals(
        "require: OPENBLAS is wanted, SCALAR runs: openblas: library not found; tried"
            + " -Dgatun.openblas (unset), bundled (none for linux-riscv64), libopenblas.so.0 (not"
            + " found); install libopenblas",
        new Advice("", missing).refusal(List.of(Backend.OPENBLAS), Backend.SCALAR));
    assertEquals(
        "require: OPENBLAS or VECTOR is wanted, SCALAR runs: OPENBLAS: gone; VECTOR: no module",
        new Advice("", Map.of(Backend.OPENBLAS, "gone", Backend.VECTOR, "no module"))
            .refusal(List.of(Backend.OPENBLAS, Backend.VECTOR), Backend.SCALAR));
    assertEquals(
        "require: SCALAR is wanted, VECTOR runs: VECTOR comes before SCALAR; set"
            + " -Dgatun.backend=scalar",
        new Advice("", missing).refusal(List.of(Backend.SCALAR), Backend.VECTOR));
  }

  @Test
  void describesTheLibrary() {
    NativeLibrary library =
        new NativeLibrary("/lib/libopenblas.so.0", Origin.SYSTEM, "0.3.31", "OpenBLAS 0.3.31");
    LoadReport report = new LoadReport(library, List.of(BUNDLED));
    assertEquals(
        List.of(
            "0.3.31 (system) /lib/libopenblas.so.0",
            "build: OpenBLAS 0.3.31 DYNAMIC_ARCH",
            "kernels for: SkylakeX",
            "threads in a call: 1 (threads)",
            "not taken: bundled (none for linux-riscv64); install libopenblas"),
        InfoCollector.loaded(
            library,
            new BlasInfo("OpenBLAS 0.3.31 DYNAMIC_ARCH", "SkylakeX", "threads", 1),
            report));
    assertEquals(
        List.of(
            "none",
            "not taken: bundled (none for linux-riscv64); install libopenblas",
            "not taken: libopenblas.so.0 (not found)"),
        InfoCollector.missing(new LoadReport(null, List.of(BUNDLED, SYSTEM))));
  }

  @Test
  void describesTheVectors() {
    assertEquals("512 bits: 16 floats at once", InfoCollector.vector(512, true));
    assertEquals("none: those of this machine are too narrow", InfoCollector.vector(0, true));
    assertEquals(
        "none: module jdk.incubator.vector is not there; start java with --add-modules"
            + " jdk.incubator.vector",
        InfoCollector.vector(0, false));
  }

  @Test
  void printsATable() {
    Info info =
        new Info(
            "0.1.0",
            "25.0.3 (Vendor)",
            "Linux 6.1 amd64",
            "CPU",
            2,
            null,
            "-Dgatun.backend=openblas cannot be satisfied: gone",
            List.of("none", "not taken: bundled (none)"),
            "512 bits: 16 floats at once",
            2,
            new MemoryStats(1536, 0, 0, 0, 3 << 20, 2048, 7, 1));
    assertEquals(
        """
        gatun     0.1.0
        java      25.0.3 (Vendor)
        system    Linux 6.1 amd64
        cpu       CPU (2 processors)
        backend   none: -Dgatun.backend=openblas cannot be satisfied: gone
        openblas  none
                  not taken: bundled (none)
        vector    512 bits: 16 floats at once
        threads   2
        memory    1.5 KiB live, 2.0 KiB at the peak, 3.0 MiB pooled, 1 open scopes\
        """,
        info.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1048576, 1.0 MiB",
    "5368709120, 5.0 GiB",
    "9223372036854775807, 8.0 EiB"
  })
  void printsSizesWithUnits(long bytes, String text) {
    assertEquals(text, Info.bytes(bytes));
  }

  @Test
  void readsTheNameOfTheProcessor(@TempDir Path folder) throws IOException {
    Path cpuinfo =
        Files.writeString(folder.resolve("a"), "processor\t: 0\nmodel name\t: Fast: 3 GHz\n");
    assertEquals("Fast: 3 GHz", Cpu.modelName(cpuinfo));
    Path arm = Files.writeString(folder.resolve("b"), "processor\t: 0\nBogoMIPS\t: 50.00\n");
    assertEquals("", Cpu.modelName(arm));
    assertEquals("", Cpu.modelName(folder.resolve("none")));
  }

  private static Backend other(Backend runs) {
    return runs == Backend.SCALAR ? Backend.OPENBLAS : Backend.SCALAR;
  }

  private static String lower(Backend backend) {
    return backend.name().toLowerCase(Locale.ROOT);
  }
}
