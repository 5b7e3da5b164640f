package dev.gatun.bench.compare;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// One workload on one library, checked before. [Worker] starts it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class ComparisonBenchmark {
  private static final Map<String, Peer> LOADED = new ConcurrentHashMap<>();

  /// The class of a [Peer].
  @Param("dev.gatun.bench.compare.GatunPeer")
  public String peer;

  /// The name of a [Workload].
  @Param("add 2x2")
  public String workload;

  private Task task;

  /// Makes the operands and checks the result.
  ///
  /// @throws Exception if the library fails or the result is wrong
  @Setup
  public void setup() throws Exception {
    Workload work = Workload.named(workload);
    task = load(peer).prepare(work);
    work.check(task.result());
  }

  /// Once in a process: some libraries take their settings only before their first work.
  static Peer load(String name) throws ReflectiveOperationException {
    Peer loaded = LOADED.get(name);
    if (loaded == null) {
      loaded = Class.forName(name).asSubclass(Peer.class).getConstructor().newInstance();
      LOADED.put(name, loaded);
    }
    return loaded;
  }

  /// Gives the operands back.
  ///
  /// @throws Exception if the library fails
  @TearDown
  public void tearDown() throws Exception {
    task.close();
  }

  /// Returns what the library returns.
  ///
  /// @throws Exception if the library fails
  @Benchmark
  public Object run() throws Exception {
    return task.run();
  }
}
