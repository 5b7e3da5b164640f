package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.Subject;
import dev.gatun.testing.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  @Test
  void showsEverySubject() {
    Cli result = Cli.run("doctor");
    assertEquals("", result.err());
    for (Subject subject : Subject.values()) {
      assertTrue(
          result.out().lines().anyMatch(line -> line.substring(9).startsWith(subject.toString())),
          result.out());
    }
    assertEquals(
        result.out().lines().anyMatch(line -> line.startsWith("PROBLEM")) ? 1 : 0, result.status());
  }

  @Test
  void itsStatusTellsAProblem() throws Exception {
    ChildJvm withoutModule = ChildJvm.run(List.of(), Main.class, "doctor");
    assertEquals(1, withoutModule.status(), withoutModule.out());
    assertTrue(
        withoutModule.out().contains("-> start java with --add-modules jdk.incubator.vector"),
        withoutModule.out());
  }
}
