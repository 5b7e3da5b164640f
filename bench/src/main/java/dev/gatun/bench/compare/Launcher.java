package dev.gatun.bench.compare;

import dev.gatun.bench.CLoops;
import dev.gatun.bench.JvmFlags;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Starts measuring processes.
///
/// @param folder where they write, and where OpenBLAS is unpacked for those that look for it
/// @param peers where the modules of the libraries are
/// @param speed of all of them
/// @param only a pattern for names of workloads
record Launcher(Path folder, Path peers, Pace.Speed speed, String only) {
  /// A first start may crash while it unpacks; a workload that crashes is not tried again.
  private static final int STARTS = 3;

  private static final long MINUTES = 6;

  boolean canRun(Subject subject) {
    if (subject.peer().equals(CLoopPeer.class.getName())) {
      return !System.getProperty(CLoops.LIBRARY, "").isEmpty();
    }
    return subject.module().isEmpty() || Files.exists(classPathFile(subject));
  }

  private Path classPathFile(Subject subject) {
    return peers.resolve(subject.module()).resolve("target/class-path.txt");
  }

  Section run(Subject subject, Workload.Group group, int threads)
      throws IOException, InterruptedException {
    String name = "%s-%s-%d".formatted(subject.title(), group, threads).replace(' ', '-');
    Path out = folder.resolve(name + ".tsv");
    Files.deleteIfExists(out);
    Path log = folder.resolve(name + ".log");
    for (int i = 0; i < STARTS; i++) {
      ProcessBuilder builder = new ProcessBuilder(command(subject, group, threads, out));
      builder.environment().putAll(subject.environment(group, threads, folder + "/openblas"));
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      process.getOutputStream().close();
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
      }
      if (process.exitValue() == 0) {
        break;
      }
      System.err.printf("compare: %s: ended with status %d; %s%n", name, process.exitValue(), log);
    }
    return Section.read(out);
  }

  private List<String> command(Subject subject, Workload.Group group, int threads, Path out)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xms1g", "-Xmx3g", JvmFlags.MODULES, JvmFlags.NATIVE_ACCESS, JvmFlags.UNSAFE));
    command.addAll(subject.properties());
    command.add("-Dgatun.threads=" + threads);
    command.add("-Djmh.ignoreLock=true");
    for (String name : List.of(CLoops.LIBRARY, CLoops.COMPILER)) {
      command.add("-D" + name + "=" + System.getProperty(name, ""));
    }
    command.addAll(List.of("-cp", classPath(subject), Worker.class.getName()));
    command.addAll(List.of(subject.peer(), group.name(), speed.name()));
    command.addAll(List.of(subject.traits().java() + "", only, out.toString()));
    return command;
  }

  private String classPath(Subject subject) throws IOException {
    if (subject.module().isEmpty()) {
      return System.getProperty("java.class.path", "");
    }
    Path classes = peers.resolve(subject.module()).resolve("target/classes");
    String libraries = Files.readString(classPathFile(subject)).strip();
    return Stream.concat(Stream.of(classes.toString(), libraries), gatun().map(Path::toString))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /// Gatun in F64 is what the results of a Transformer's layers are checked against.
  private Stream<Path> gatun() {
    Path root = peers.resolve("../..").normalize();
    return Stream.of("native", "bindings", "runtime")
        .map(module -> root.resolve(module).resolve("target/classes"));
  }
}
