package dev.gatun.demo;

import dev.gatun.demo.serve.Engine;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// Entry point of the `gatun` command line.
///
/// Exit status: 0 when all went well, 2 for bad input, 1 for anything else. What goes wrong is told
/// in one line on the standard error; `--verbose` adds the stack trace.
@Command(
    name = "gatun",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Tensors outside the heap: train a network, use it, and see what runs it.",
    subcommands = {
      InfoCommand.class,
      DoctorCommand.class,
      TrainCommand.class,
      PredictCommand.class,
      ServeCommand.class,
      LoadCommand.class,
      SummaryCommand.class,
      InspectCommand.class,
      DiffCommand.class,
      CompareCommand.class,
      TutorialCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private boolean verbose;

  Main() {}

  /// Runs a command and exits with its status.
  ///
  /// @param args the command line
  public static void main(String[] args) {
    exit(commandLine(), args);
  }

  /// Runs a command and exits with its status; `serve` computes with another library's engine.
  ///
  /// @param loader of models
  /// @param args the command line
  public static void exit(Engine.Loader loader, String... args) {
    exit(commandLine(loader), args);
  }

  private static void exit(CommandLine commandLine, String... args) {
    // Numbers look alike everywhere, so that scripts can read them.
    Locale.setDefault(Locale.ROOT);
    System.setProperty("java.awt.headless", "true");
    Logs.quiet();
    System.exit(run(commandLine, args));
  }

  private static int run(CommandLine commandLine, String... args) {
    try {
      return commandLine.execute(args);
    } catch (OutOfMemoryError e) {
      System.err.println("gatun: out of memory: " + e.getMessage());
    } catch (LinkageError e) {
      System.err.println("gatun: this build or this JVM lacks something: " + e);
    }
    return 1;
  }

  /// The whole command line, ready to execute.
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setExpandAtFiles(false);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(ErrorReport::onParameter);
    commandLine.setExecutionExceptionHandler(ErrorReport::onExecution);
    return commandLine;
  }

  /// The command line with another library's engine behind `serve`.
  static CommandLine commandLine(Engine.Loader loader) {
    CommandLine commandLine = commandLine();
    CommandLine serve = Objects.requireNonNull(commandLine.getSubcommands().get("serve"));
    serve.<ServeCommand>getCommand().use(loader);
    return commandLine;
  }

  // A method, because logging has to be set up before the command runs.
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show log lines, and a stack trace when something fails.")
  void setVerbose(boolean verbose) {
    this.verbose = verbose;
    if (verbose) {
      Logs.loud();
    }
  }

  boolean verbose() {
    return verbose;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}
