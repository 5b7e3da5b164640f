package dev.gatun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import javax.management.Attribute;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Lifetimes.class)
final class MemoryBeanTest {
  @Test
  void showsAndChangesWhatTheProcessHolds() throws Exception {
    MemoryStats.registerMXBean();
    MemoryStats.registerMXBean();
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("dev.gatun:type=Memory");
    GatunMemoryMXBean bean = JMX.newMXBeanProxy(server, name, GatunMemoryMXBean.class);
    try (Scope scope = Scope.open("step")) {
      Storage.allocate(3 << 20).markModified();
      assertEquals(MemoryStats.now().liveBytes(), bean.getLiveBytes());
      assertEquals(MemoryStats.now().scopedBytes(), bean.getScopedBytes());
      assertEquals(MemoryStats.now().openScopes(), bean.getOpenScopes());
      assertEquals(MemoryStats.now().allocations(), bean.getAllocations());
      assertTrue(bean.getPeakBytes() >= scope.bytes());
    }
    bean.resetPeak();
    assertEquals(bean.getLiveBytes(), bean.getPeakBytes());
    bean.trim();
    assertTrue(bean.getPooledBytes() < 3 << 20);
    assertEquals(MemoryStats.now().gcBytes(), bean.getCollectedBytes());
    assertEquals(MemoryStats.now().sharedBytes(), bean.getSharedBytes());
    assertEquals(LeakReports.count(), bean.getLeaks());
  }

  @Test
  void changesLimitsAndTheDetector() throws Exception {
    MemoryStats.registerMXBean();
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("dev.gatun:type=Memory");
    LeakDetector.Mode mode = LeakDetector.mode();
    long limit = MemoryBudget.PROCESS.limitBytes();
    long collected = MemoryBudget.COLLECTED.limitBytes();
    try {
      server.setAttribute(name, new Attribute("LeakDetector", "SAMPLED"));
      server.setAttribute(name, new Attribute("LimitBytes", limit - 1));
      server.setAttribute(name, new Attribute("CollectedLimitBytes", collected - 1));
      assertEquals(LeakDetector.Mode.SAMPLED, LeakDetector.mode());
      assertEquals("SAMPLED", server.getAttribute(name, "LeakDetector"));
      assertEquals(limit - 1, MemoryBudget.PROCESS.limitBytes());
      assertEquals(limit - 1, server.getAttribute(name, "LimitBytes"));
      assertEquals(collected - 1, server.getAttribute(name, "CollectedLimitBytes"));
    } finally {
      LeakDetector.setMode(mode);
      MemoryBudget.PROCESS.setLimitBytes(limit);
      MemoryBudget.COLLECTED.setLimitBytes(collected);
    }
  }
}
