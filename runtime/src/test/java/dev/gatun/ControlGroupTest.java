package dev.gatun;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupTest {
  private static final ControlGroup UNLIMITED =
      new ControlGroup(ControlGroup.NONE, 0, ControlGroup.NONE, 0);

  @TempDir Path root;

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
  }

  private ControlGroup read() {
    return ControlGroup.read(new SystemFiles(root));
  }

  @Test
  void nothingIsLimitedWhereThereAreNoFiles() {
    assertEquals(UNLIMITED, read());
  }

  @Test
  void readsVersionTwoInsideOfAContainer() throws IOException {
    file("proc/self/cgroup", "0::/");
    file("sys/fs/cgroup/memory.max", "536870912");
    file("sys/fs/cgroup/memory.current", "1048576");
    file("sys/fs/cgroup/cpu.max", "150000 100000");
    file("sys/fs/cgroup/cpu.stat", "usage_usec 5\nnr_periods 9\nnr_throttled 3\nthrottled_usec 1");
    assertEquals(new ControlGroup(512 << 20, 1 << 20, 1.5, 3), read());
  }

  @Test
  void theSmallestLimitOnTheWayUpCounts() throws IOException {
    file("proc/self/cgroup", "0::/pod/app");
    file("sys/fs/cgroup/pod/app/memory.max", "max");
    file("sys/fs/cgroup/pod/app/cpu.max", "max 100000");
    file("sys/fs/cgroup/pod/memory.max", "2147483648");
    file("sys/fs/cgroup/pod/memory.current", "7");
    file("sys/fs/cgroup/pod/cpu.max", "400000 100000");
    assertEquals(new ControlGroup(2L << 30, 7, 4, 0), read());
  }

  @Test
  void readsVersionOne() throws IOException {
    file("proc/self/cgroup", "5:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n1:name=systemd:/");
    // the path is the host's: only its top is there
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", "268435456");
    file("sys/fs/cgroup/memory/memory.usage_in_bytes", "4096");
    file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "50000");
    file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000");
    assertEquals(new ControlGroup(256 << 20, 4096, 0.5, 0), read());
  }

  @Test
  void knowsHowVersionOneWritesNoLimit() throws IOException {
    file("proc/self/cgroup", "2:memory:/\n1:cpu:/\n0::/");
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
    file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1");
    file("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");
    assertEquals(UNLIMITED, read());
  }

  @Test
  void whatCannotBeReadIsNoLimit() throws IOException {
    file("proc/self/cgroup", "nonsense\n0::/../../x");
    file("sys/fs/cgroup/memory.max", "lots");
    file("sys/fs/cgroup/cpu.max", "a b c");
    assertEquals(UNLIMITED, read());
  }
}
