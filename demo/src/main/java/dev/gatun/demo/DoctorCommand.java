package dev.gatun.demo;

import dev.gatun.Diagnosis;
import dev.gatun.Gatun;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `gatun doctor`: what is wrong here, and how to mend it.
@Command(
    name = "doctor",
    description = {
      "Look for what makes it slow here, or will fail: vectors that are not compiled (timed), the"
          + " native library, limits of the container, mount options, missing flags.",
      "Exit status 0 when there is no problem, 1 when there is one."
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private BackendOptions backend = new BackendOptions();

  DoctorCommand() {}

  @Override
  public Integer call() {
    backend.checkThreads();
    Diagnosis diagnosis = Gatun.diagnose();
    PrintWriter out = spec.commandLine().getOut();
    out.println(diagnosis);
    out.flush();
    return diagnosis.problems().isEmpty() ? 0 : 1;
  }
}
