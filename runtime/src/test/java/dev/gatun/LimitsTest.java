package dev.gatun;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What follows from the limits of processors and memory.
class LimitsTest {
  private static final long GIBI = 1L << 30;

  @TempDir Path root;

  private static ControlGroup group(long memory, double processors, long throttled) {
    return new ControlGroup(
        memory == 0 ? ControlGroup.NONE : memory,
        memory,
        processors == 0 ? ControlGroup.NONE : processors,
        throttled);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2 | 2 | 2 | 2 | 0 | 0   | 0 | OK processors: 2 threads on 2 processors
          2 | 2 | 8 | 8 | 0 | 2   | 0 | OK processors: 2 threads on 2 processors of 8, limited by the container (cpu.max)
          4 | 4 | 8 | 4 | 0 | 0   | 0 | OK processors: 4 threads on 4 processors of 8, limited to some of them (cpuset)
          8 | 2 | 8 | 8 | 0 | 1.5 | 0 | PROBLEM processors: 8 threads share 1.50 processors; set -Dgatun.threads=2, or leave it out
          2 | 2 | 8 | 8 | 0 | 1.5 | 0 | ADVICE processors: the container may use 1.50 processors, 2 threads are stopped when that is used up; give the container whole processors (cpu.max), or set -Dgatun.threads=1
          1 | 1 | 8 | 8 | 1 | 0   | 0 | ADVICE processors: -XX:ActiveProcessorCount=1 is set, and there are 8; remove -XX:ActiveProcessorCount
          4 | 4 | 4 | 0 | 0 | 0   | 0 | OK processors: 4 threads on 4 processors
          3 | 3 | 0 | 0 | 0 | 0   | 0 | OK processors: 3 threads on 3 processors
          2 | 2 | 2 | 2 | 0 | 2   | 7 | ADVICE processors: the container has been stopped 7 times for having used up its share; raise the container's cpu.max, or lower -Dgatun.threads
          """)
  void comparesThreadsWithProcessors(
      int threads,
      int jvm,
      int machine,
      int allowed,
      int chosen,
      double quota,
      long throttled,
      String found) {
    List<Finding> findings =
        new ProcessorCheck(threads, jvm, machine, allowed, chosen, group(0, quota, throttled))
            .findings();
    assertEquals(found, findings.getFirst().severity() + " " + findings.getFirst());
    assertEquals(1, findings.size());
  }

  @ParameterizedTest
  @CsvSource({"0-3, 4", "'0-3,8', 5", "7, 1", "'', 0", "x, 0", "3-1, 0"})
  void countsProcessors(String list, int count) {
    assertEquals(count, ProcessorCheck.allowed(list));
  }

  @Test
  void heapAndTensorsMustFit() {
    ControlGroup eight = new ControlGroup(8 * GIBI, GIBI, ControlGroup.NONE, 0);
    assertEquals(
        "OK memory: heap 2.0 GiB and tensors 4.0 GiB at most of the container's 8.0 GiB",
        memory(2 * GIBI, 4 * GIBI, 64 * GIBI, eight));
    assertEquals(
        "PROBLEM memory: heap 6.0 GiB and tensors 12.0 GiB at most of the container's 8.0 GiB: the"
            + " system would end the process; set -Dgatun.memory.limit=1920m, or a lower -Xmx",
        memory(6 * GIBI, 12 * GIBI, 64 * GIBI, eight));
    assertEquals(
        "PROBLEM memory: heap 8.0 GiB and tensors 1.0 GiB at most of the container's 8.0 GiB: the"
            + " heap leaves no room; start java with -Xmx4032m",
        memory(8 * GIBI, GIBI, 64 * GIBI, eight));
    ControlGroup none = group(0, 0, 0);
    assertEquals(
        "OK memory: heap 1.0 GiB and tensors 2.0 GiB at most of the machine's 4.0 GiB",
        memory(GIBI, 2 * GIBI, 4 * GIBI, none));
    assertEquals(
        "OK memory: heap 1.0 GiB and tensors 2.0 GiB at most", memory(GIBI, 2 * GIBI, 0, none));
  }

  private static String memory(long heap, long tensors, long machine, ControlGroup group) {
    List<Finding> findings = new MemoryCheck(heap, tensors, machine, group).findings();
    assertEquals(1, findings.size());
    return findings.getFirst().severity() + " " + findings.getFirst();
  }

  @Test
  void aFullContainerIsTold() {
    ControlGroup full = new ControlGroup(8 * GIBI, 8 * GIBI - 5, ControlGroup.NONE, 0);
    assertEquals(
        "memory: the container holds 8.0 GiB already; raise its memory.max",
        new MemoryCheck(GIBI, GIBI, 0, full).findings().getLast().toString());
  }

  @Test
  void readsTheMachine() throws IOException {
    Path proc = Files.createDirectories(root.resolve("proc"));
    Files.writeString(
        proc.resolve("cpuinfo"),
        "processor\t: 0\nflags\t\t: fpu avx2 sse\n\nprocessor\t: 1\nflags\t\t: fpu avx2 sse\n");
    Files.writeString(proc.resolve("meminfo"), "MemTotal:       24683656 kB\nMemFree: 1 kB\n");
    SystemFiles files = new SystemFiles(root);
    assertEquals(2, ProcessorCheck.machine(files));
    assertEquals(256, VectorCheck.widest(files));
    assertEquals(24683656L << 10, MemoryCheck.machine(files));
    SystemFiles none = new SystemFiles(root.resolve("none"));
    assertEquals(0, ProcessorCheck.machine(none));
    assertEquals(128, VectorCheck.widest(none));
    assertEquals(0, MemoryCheck.machine(none));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          always [madvise] never | '' | madvise; GLIBC_TUNABLES=glibc.malloc.hugetlb=1 would ask for them: measure it
          always [madvise] never | glibc.malloc.check=1:glibc.malloc.hugetlb=1 | madvise, asked for by glibc.malloc.hugetlb=1
          [always] madvise never | '' | always
          always madvise [never] | '' | never
          '' | '' | not told by this system
          """)
  void readsHowLargePagesAre(String modes, String tunables, String says) throws IOException {
    Path file = root.resolve("sys/kernel/mm/transparent_hugepage/enabled");
    Files.createDirectories(file.getParent());
    Files.writeString(file, modes);
    assertEquals(says, HugePagesCheck.of(new SystemFiles(root), tunables).says());
  }
}
