package dev.gatun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.backend.Backends;
import dev.gatun.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// What is wrong with a JVM from its start, in JVMs that have it.
class DoctorProcessTest {
  private static final String BACKEND =
      "-Dgatun.backend=" + Backends.current().name().toLowerCase(Locale.ROOT);

  /// Prints what is found on some subjects and how their refusal reads.
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      for (String arg : args) {
        Subject subject = Subject.valueOf(arg);
        for (Finding found : Doctor.look(List.of(subject)).findings()) {
          System.out.println("found: " + found.severity() + " " + found);
        }
        try {
          Gatun.require(subject);
        } catch (IllegalStateException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }

  private static ChildJvm.Running start(Subject subject, String... flags) throws Exception {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add(BACKEND);
    return ChildJvm.start(all, Program.class, subject.name());
  }

  private static List<String> end(ChildJvm.Running program) throws Exception {
    ChildJvm end = program.end();
    assertEquals(0, end.status(), end.out());
    return end.out()
        .lines()
        .filter(line -> line.startsWith("found: ") || line.startsWith("require: "))
        .toList();
  }

  private static void expectSlow(ChildJvm.Running program, String fix) throws Exception {
    List<String> lines = end(program);
    assertEquals(2, lines.size(), lines.toString());
    String expected =
        "vectors: not compiled: \\d+ bits, 0\\.\\d{3} times as fast as plain Java; " + fix;
    assertTrue(lines.getFirst().matches("found: PROBLEM " + expected), lines.getFirst());
    assertTrue(lines.getLast().matches("require: " + expected), lines.getLast());
  }

  @Test
  void findsWhatKeepsVectorsFromBeingCompiled() throws Exception {
    String module = ChildJvm.FLAGS.getFirst();
    String access = ChildJvm.FLAGS.getLast();
    var interpreted = start(Subject.VECTORS, module, access, "-Xint");
    var firstCompiler = start(Subject.VECTORS, module, access, "-XX:TieredStopAtLevel=1");
    var withoutModule = start(Subject.VECTORS, access);
    expectSlow(interpreted, "start java without -Xint");
    expectSlow(firstCompiler, "start java without -XX:TieredStopAtLevel=1");
    String problem =
        "vectors: module jdk.incubator.vector is not there, so every loop is plain Java; start"
            + " java with --add-modules jdk.incubator.vector";
    assertEquals(List.of("found: PROBLEM " + problem, "require: " + problem), end(withoutModule));
  }

  @Test
  void findsNothingWhereAllIsWell() throws Exception {
    List<String> lines = end(start(Subject.VECTORS, ChildJvm.FLAGS.toArray(String[]::new)));
    assertEquals(1, lines.size(), lines.toString());
    assertTrue(
        lines.getFirst().matches("found: OK vectors: \\d+ bits, [\\d.]+ times as fast as .*"),
        lines.getFirst());
  }

  @Test
  void findsAMissingFlagForNativeAccess() throws Exception {
    assertEquals(
        List.of(
            "found: ADVICE native access: not enabled: this JVM warns, later ones refuse; start"
                + " java with --enable-native-access=ALL-UNNAMED"),
        end(start(Subject.NATIVE_ACCESS)));
  }

  @Test
  void aJvmThatRefusesNativeAccessIsTold() throws Exception {
    var refusing =
        start(Subject.NATIVE_ACCESS, ChildJvm.FLAGS.getFirst(), "--illegal-native-access=deny");
    var library = start(Subject.BACKEND, ChildJvm.FLAGS.getFirst(), "--illegal-native-access=deny");
    String fix = "start java with --enable-native-access=ALL-UNNAMED";
    String refused = "native access: refused; " + fix;
    assertEquals(List.of("found: PROBLEM " + refused, "require: " + refused), end(refusing));
    assertTrue(
        end(library)
            .getFirst()
            .startsWith("found: PROBLEM backend: none: this JVM refuses native access; " + fix));
  }
}
