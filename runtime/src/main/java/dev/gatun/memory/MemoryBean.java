package dev.gatun.memory;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.ObjectName;

/// The numbers of [MemoryStats] for JMX. Loaded only when somebody asks for it.
final class MemoryBean implements GatunMemoryMXBean {
  private MemoryBean() {}

  static void register() {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .registerMBean(new MemoryBean(), new ObjectName("dev.gatun:type=Memory"));
    } catch (InstanceAlreadyExistsException _) {
      // It shows the process's numbers, whoever registered it.
    } catch (JMException e) {
      throw new IllegalStateException("registerMXBean: " + e.getMessage(), e);
    }
  }

  @Override
  public long getLiveBytes() {
    return MemoryStats.now().liveBytes();
  }

  @Override
  public long getScopedBytes() {
    return MemoryStats.now().scopedBytes();
  }

  @Override
  public long getCollectedBytes() {
    return MemoryStats.now().gcBytes();
  }

  @Override
  public long getSharedBytes() {
    return MemoryStats.now().sharedBytes();
  }

  @Override
  public long getPooledBytes() {
    return MemoryStats.now().pooledBytes();
  }

  @Override
  public long getPeakBytes() {
    return MemoryStats.now().peakBytes();
  }

  @Override
  public long getAllocations() {
    return MemoryStats.now().allocations();
  }

  @Override
  public long getOpenScopes() {
    return MemoryStats.now().openScopes();
  }

  @Override
  public long getLimitBytes() {
    return MemoryBudget.PROCESS.limitBytes();
  }

  @Override
  public void setLimitBytes(long bytes) {
    MemoryBudget.PROCESS.setLimitBytes(bytes);
  }

  @Override
  public long getCollectedLimitBytes() {
    return MemoryBudget.COLLECTED.limitBytes();
  }

  @Override
  public void setCollectedLimitBytes(long bytes) {
    MemoryBudget.COLLECTED.setLimitBytes(bytes);
  }

  @Override
  public LeakDetector.Mode getLeakDetector() {
    return LeakDetector.mode();
  }

  @Override
  public void setLeakDetector(LeakDetector.Mode mode) {
    LeakDetector.setMode(mode);
  }

  @Override
  public long getLeaks() {
    return LeakReports.count();
  }

  @Override
  public void trim() {
    MemoryStats.trim();
  }

  @Override
  public void resetPeak() {
    MemoryStats.resetPeak();
  }
}
