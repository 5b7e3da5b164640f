package dev.gatun.demo;

import dev.gatun.demo.tutorial.Chapter;
import dev.gatun.tensor.Generator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatun tutorial`: runs the chapters that are there to be read.
@Command(
    name = "tutorial",
    description = {
      "Run the tutorial, or one chapter of it.",
      "Its source is demo/src/main/java/dev/gatun/demo/tutorial: a small file for each chapter."
    })
final class TutorialCommand implements Callable<Integer> {
  private static final long SEED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "CHAPTER",
      description = "The number of a chapter; all of them unless given.")
  private @Nullable Integer chapter;

  @Mixin private BackendOptions backend = new BackendOptions();

  TutorialCommand() {}

  @Override
  public Integer call() throws IOException {
    List<Chapter> chapters = Chapter.all();
    if (chapter != null && (chapter < 1 || chapter > chapters.size())) {
      throw new IllegalArgumentException(
          "there is no chapter %d (expected 1 to %d)".formatted(chapter, chapters.size()));
    }
    backend.choose();
    for (int number = 1; number <= chapters.size(); number++) {
      if (chapter == null || chapter == number) {
        run(number, chapters.get(number - 1));
      }
    }
    return 0;
  }

  private void run(int number, Chapter each) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println("%d. %s".formatted(number, each.title()));
    out.println();
    // A chapter prints the same whether the others ran before it or not.
    Generator.manualSeed(SEED);
    each.text().run(out);
    out.println();
    out.flush();
  }
}
