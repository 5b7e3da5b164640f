package dev.gatun.memory;

/// Where native memory is, for JMX: `dev.gatun:type=Memory`. See [MemoryStats] for the numbers.
public interface GatunMemoryMXBean {
  /// Returns all that is owned.
  ///
  /// @return bytes
  long getLiveBytes();

  /// Returns what scopes own.
  ///
  /// @return bytes
  long getScopedBytes();

  /// Returns what the garbage collector manages.
  ///
  /// @return bytes
  long getCollectedBytes();

  /// Returns what is in a shared lifetime.
  ///
  /// @return bytes
  long getSharedBytes();

  /// Returns what is free for reuse.
  ///
  /// @return bytes
  long getPooledBytes();

  /// Returns the most that was live at once.
  ///
  /// @return bytes
  long getPeakBytes();

  /// Returns how many storages were allocated.
  ///
  /// @return a count
  long getAllocations();

  /// Returns how many scopes are open.
  ///
  /// @return a count
  long getOpenScopes();

  /// Returns what the process may hold.
  ///
  /// @return bytes
  long getLimitBytes();

  /// Changes what the process may hold.
  ///
  /// @param bytes the new limit, 0 or more
  void setLimitBytes(long bytes);

  /// Returns what tensors outside of scopes may hold.
  ///
  /// @return bytes
  long getCollectedLimitBytes();

  /// Changes what tensors outside of scopes may hold.
  ///
  /// @param bytes the new limit, 0 or more
  void setCollectedLimitBytes(long bytes);

  /// Returns what the leak detector remembers.
  ///
  /// @return the mode
  LeakDetector.Mode getLeakDetector();

  /// Changes what the leak detector remembers.
  ///
  /// @param mode the new mode
  void setLeakDetector(LeakDetector.Mode mode);

  /// Returns how many leaks were found.
  ///
  /// @return a count
  long getLeaks();

  /// Gives the pool's free memory back to the system.
  void trim();

  /// Starts the peak again from what is live now.
  void resetPeak();
}
