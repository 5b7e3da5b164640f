package dev.gatun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import dev.gatun.backend.VectorSpeed;
import dev.gatun.bindings.BlasInfo;
import dev.gatun.natives.LoadReport;
import dev.gatun.natives.NativeLibrary;
import dev.gatun.natives.Origin;
import dev.gatun.natives.Rejected;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static final NativeLibrary LIBRARY =
      new NativeLibrary("/lib/libopenblas.so.0", Origin.SYSTEM, "0.3.31", "OpenBLAS 0.3.31");

  private static JvmFlags flags(String... arguments) {
    return new JvmFlags(List.of(arguments));
  }

  @Test
  void looksAtEverySubject() {
    Diagnosis diagnosis = Gatun.diagnose();
    assertEquals(
        Arrays.asList(Subject.values()),
        diagnosis.findings().stream().map(Finding::subject).distinct().toList());
    assertFalse(diagnosis.toString().endsWith("\n"));
    assertEquals(
        Backends.current() == Backend.SCALAR,
        diagnosis.problems().stream().anyMatch(found -> found.subject() == Subject.BACKEND));
  }

  @Test
  void requiresWhatIsFine() {
    Gatun.require(Subject.VECTORS, Subject.HUGE_PAGES);
  }

  @Test
  void vectorsAreFasterThanPlainLoops() {
    VectorSpeed speed = VectorSpeed.measure();
    assertTrue(speed.isCompiled(), speed.toString());
    assertEquals("512 bits, 21 times as fast as plain Java", new VectorSpeed(512, 21.3) + "");
    assertEquals("128 bits, 7.2 times as fast as plain Java", new VectorSpeed(128, 7.21) + "");
    assertEquals("512 bits, 0.053 times as fast as plain Java", new VectorSpeed(512, 0.0531) + "");
  }

  @Test
  void namesTheFlagThatKeepsTheCompilerAway() {
    VectorSpeed slow = new VectorSpeed(512, 0.05);
    assertEquals(
        "vectors: not compiled: 512 bits, 0.050 times as fast as plain Java; start java without"
            + " -XX:TieredStopAtLevel=3",
        VectorCheck.of(slow, flags("-Xmx1g", "-XX:TieredStopAtLevel=3"), 256).toString());
    assertEquals(
        "run a HotSpot JVM with its compiler C2, and no debugger",
        VectorCheck.of(slow, flags(), 256).fix());
    assertEquals(
        "vectors: 128 bits, 7.0 times as fast as plain Java, and the processor has 256 bits; start"
            + " java without -XX:UseAVX and -XX:MaxVectorSize",
        VectorCheck.of(new VectorSpeed(128, 7), flags("-XX:UseAVX=0"), 256).toString());
    assertEquals(Severity.OK, VectorCheck.of(new VectorSpeed(256, 9), flags(), 256).severity());
    assertEquals(
        "vectors: those of this machine are too narrow", VectorCheck.missing(true).toString());
  }

  @Test
  void aSlowBackendIsAProblem() {
    assertEquals(
        "backend: SCALAR, as -Dgatun.backend says: plain Java; remove -Dgatun.backend=scalar",
        BackendCheck.of(Backend.SCALAR, "plain Java", "scalar").toString());
    assertEquals(Severity.PROBLEM, BackendCheck.of(Backend.SCALAR, "plain Java", "").severity());
    assertEquals(
        "backend: VECTOR: Vector API",
        BackendCheck.of(Backend.VECTOR, "Vector API", "").toString());
    assertEquals(
        new Finding(
            Subject.BACKEND, Severity.PROBLEM, "none: gone", "remove -Dgatun.backend or mend it"),
        BackendCheck.none("backend: gone"));
    assertEquals(
        new Finding(Subject.BACKEND, Severity.PROBLEM, "none: a; b", "pass -Dgatun.cache=DIR"),
        BackendCheck.none("backend: a; b; pass -Dgatun.cache=DIR"));
  }

  @Test
  void theLibraryMustKnowTheProcessor() {
    assertEquals(
        "openblas: 0.3.31 (system) /lib/libopenblas.so.0, kernels for Prescott, and this processor"
            + " has AVX2; unset OPENBLAS_CORETYPE in the environment",
        loaded("Prescott", true, "Prescott"));
    assertEquals(
        "openblas: 0.3.31 (system) /lib/libopenblas.so.0, kernels for Prescott, and this processor"
            + " has AVX2; remove -Dgatun.openblas, or name a build with DYNAMIC_ARCH",
        loaded("Prescott", true, ""));
    String fine = "openblas: 0.3.31 (system) /lib/libopenblas.so.0, kernels for ";
    assertEquals(fine + "SkylakeX", loaded("SkylakeX", true, ""));
    assertEquals(fine + "neoversen1", loaded("neoversen1", false, ""));
  }

  private static String loaded(String core, boolean wide, String chosen) {
    BlasInfo info = new BlasInfo("OpenBLAS 0.3.31", core, "threads", 1);
    return LibraryCheck.loaded(LIBRARY, info, wide, chosen).toString();
  }

  @Test
  void everyCandidateThatWasNotTakenIsTold() {
    Rejected bundled = new Rejected("bundled", "none for linux-riscv64", "install libopenblas");
    assertEquals(
        List.of(
            new Finding(
                Subject.OPENBLAS,
                Severity.ADVICE,
                "none: bundled (none for linux-riscv64)",
                "install libopenblas")),
        LibraryCheck.notTaken(new LoadReport(null, List.of(bundled))));
    assertEquals(
        "not taken: bundled (none for linux-riscv64)",
        LibraryCheck.notTaken(new LoadReport(LIBRARY, List.of(bundled))).getFirst().says());
  }

  @Test
  void nativeAccessMayBeMissing() {
    assertEquals("native access: enabled", NativeAccessCheck.of(true, false, true).toString());
    assertEquals(
        "native access: refused; start java with"
            + " --enable-native-access=dev.gatun.natives,dev.gatun.bindings,dev.gatun.runtime",
        NativeAccessCheck.of(false, true, true).toString());
  }

  @Test
  void isATable() {
    Finding fine = Finding.ok(Subject.CACHE, "/cache on / (ext4)");
    Finding slow = Finding.problem(Subject.VECTORS, "not compiled", "start java without -Xint");
    Finding better = Finding.advice(Subject.HUGE_PAGES, "never", "echo madvise");
    assertEquals(
        """
        PROBLEM  vectors        not compiled
                                -> start java without -Xint
        ok       cache          /cache on / (ext4)
        advice   huge pages     never
                                -> echo madvise\
        """,
        new Diagnosis(List.of(slow, fine, better)).toString());
    assertEquals(
        "require: vectors: not compiled; start java without -Xint", Doctor.refusal(List.of(slow)));
    assertEquals(
        "require: vectors: not compiled; start java without -Xint (and 2 more: gatun doctor)",
        Doctor.refusal(List.of(slow, slow, slow)));
  }
}
