package dev.gatun.bench;

import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Threads;

/// One answer of a network while other threads ask for theirs: how long answers take, with their
/// percentiles, when nothing is tuned.
///
/// There are eight threads, four for each of two processors; `-t` says how many elsewhere. Tuned by
/// hand it is compared with: `-jvmArgsAppend -Dgatun.threads=1`, and so on.
@BenchmarkMode(Mode.SampleTime)
@Threads(8)
@Fork(
    value = 3,
    jvmArgs = {
      "-Xms2g",
      "-Xmx2g",
      "-XX:+AlwaysPreTouch",
      JvmFlags.MODULES,
      JvmFlags.NATIVE_ACCESS,
      JvmFlags.UNSAFE
    })
public class ConcurrentInferenceBenchmark extends InferenceBenchmark {}
