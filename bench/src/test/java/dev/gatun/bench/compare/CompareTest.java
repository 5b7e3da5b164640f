package dev.gatun.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareTest {
  @Test
  void aProcessMeasuresWhatIsAskedFor(@TempDir Path folder) throws Exception {
    Launcher launcher = new Launcher(folder, folder, Pace.Speed.SMOKE, "^add 2x2");
    Subject scalar = Subject.titled("Gatun scalar");
    assertTrue(launcher.canRun(scalar));
    assertFalse(launcher.canRun(Subject.titled("EJML")));
    Section section = launcher.run(scalar, Workload.Group.POINTWISE, 1);
    assertEquals(Map.of(), section.failures());
    assertEquals(Set.of("add 2x2", "add 2x2 recorded"), section.nanos().keySet());
    for (List<Double> nanos : section.nanos().values()) {
      assertEquals(2, nanos.size());
      assertTrue(nanos.getFirst() > 0, nanos + "");
    }
  }

  @Test
  void sectionsSayWhatWasBegunAndWhatFailed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("section.tsv");
    assertEquals(new Section("", Set.of(), Map.of(), Map.of()), Section.read(file));
    Files.writeString(
        file,
        """
        version\t1.2
        start\tgemm 8
        result\tgemm 8\t1.5 2.5
        start\tgemm 16
        failure\tgemm 16\twrong
        start\tgemm 32
        """);
    assertEquals(
        new Section(
            "1.2",
            Set.of("gemm 8", "gemm 16", "gemm 32"),
            Map.of("gemm 8", List.of(1.5, 2.5)),
            Map.of("gemm 16", "wrong")),
        Section.read(file));
    Files.writeString(file, "noise");
    assertThrows(IOException.class, () -> Section.read(file));
  }

  @Test
  void optionsAreRead() {
    Options options =
        Options.parse(List.of("--quick", "--threads", "1,4", "--only", "gemm", "--columns", "vec"));
    assertEquals(Pace.Speed.QUICK, options.speed());
    assertEquals(List.of(1, 4), options.threads());
    assertEquals("gemm", options.only());
    assertTrue(options.takes(Subject.titled("Gatun vector")));
    assertFalse(options.takes(Subject.titled("Gatun scalar")));
    assertFalse(options.takes(Subject.titled("netlib vector")));
    assertTrue(Options.parse(List.of("--peers")).takes(Subject.titled("netlib vector")));
  }

  @Test
  void otherOptionsAreRefused() {
    for (String threads : List.of("two", "", "0", "1,2000")) {
      assertEquals(
          "compare: not numbers of threads: " + threads,
          assertThrows(
                  IllegalArgumentException.class,
                  () -> Options.parse(List.of("--threads", threads)))
              .getMessage());
    }
    for (List<String> wrong : List.of(List.of("--fast"), List.of("--only"))) {
      assertEquals(
          "compare: what is this: " + wrong.getFirst(),
          assertThrows(IllegalArgumentException.class, () -> Options.parse(wrong)).getMessage());
    }
  }

  @Test
  void waitingThreadsGiveWayInNetworksOnly() {
    Subject torch = Subject.titled("PyTorch (JavaCPP)");
    assertEquals("passive", policy(torch, Workload.Group.NETWORK, 2));
    assertEquals("", policy(torch, Workload.Group.NETWORK, 1));
    assertEquals("", policy(torch, Workload.Group.POINTWISE, 2));
    assertEquals("", policy(Subject.titled("PyTorch (DJL)"), Workload.Group.NETWORK, 2));
  }

  private static String policy(Subject subject, Workload.Group group, int threads) {
    Map<String, String> environment = subject.environment(group, threads, "folder");
    assertEquals(threads + "", environment.get("OMP_NUM_THREADS"));
    return environment.getOrDefault("OMP_WAIT_POLICY", "");
  }

  @Test
  void thePaceSaysHowItMeasures() {
    assertEquals(
        "5 × 150 ms after 6 × 500 ms of warm-up, a JVM for each row",
        Pace.of(Pace.Speed.FULL, true).toString());
    assertEquals(
        "3 × 50 ms after 1 × 80 ms of warm-up, one JVM for a group of rows",
        Pace.of(Pace.Speed.QUICK, false).toString());
    assertTrue(Pace.takes(Pace.Speed.QUICK, Workload.named("gemm 1024")));
    assertFalse(Pace.takes(Pace.Speed.QUICK, Workload.named("gemm 1536")));
    assertTrue(Pace.takes(Pace.Speed.FULL, Workload.named("gemm 1536")));
  }
}
