package dev.gatun.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.io.Safetensors;
import dev.gatun.io.SafetensorsFile;
import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.lr.Scheduler;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Everything that training needs to go on where it stopped, in one file: a module, optimizers,
/// schedulers, averages, generators and the number of steps. Training that is resumed computes the
/// same bits as training that never stopped.
///
/// ```java
/// var checkpoint =
///     TrainingCheckpoint.of(net)
///         .with("optimizer", optimizer)
///         .with("schedule", scheduler)
///         .with("dropout", generator);
/// long step = Files.exists(file) ? checkpoint.load(file).step() : 0;
/// for (; step < steps; step++) {
///   if (step % 1000 == 0) {
///     checkpoint.save(file, step);
///   }
///   …
/// }
/// ```
///
/// The file is a safetensors file: tensors are `model.fc.weight` and `optimizer.state.0.exp_avg`,
/// numbers and generators are in its metadata. It replaces its predecessor at once and only when it
/// is on the disk whole: a crash while it is written leaves the old one (and a file `.gatun-*.tmp`,
/// which may be deleted).
///
/// Layers that draw numbers need the same generator to be named here: [Generator#shared()] unless
/// they were given another. Gradients are not saved: save between steps.
public final class TrainingCheckpoint {
  private static final String MARK = "gatun.checkpoint";
  private static final String VERSION = "1";
  private static final String STEP = "gatun.step";
  private static final String MODEL = "model";
  private static final String PART = "gatun.part.";
  private static final String GENERATOR = "gatun.generator.";
  private static final String TEXT = "text.";

  private final Module module;
  private final Map<String, TrainingState> parts = new LinkedHashMap<>();
  private final Map<String, Generator> generators = new LinkedHashMap<>();

  private TrainingCheckpoint(Module module) {
    this.module = module;
  }

  /// What a checkpoint said.
  ///
  /// @param step given to [#save(Path, long)]
  /// @param texts given to [#save(Path, long, Map)]
  public record Restored(long step, Map<String, String> texts) {
    /// Copies the texts.
    public Restored {
      texts = Map.copyOf(texts);
    }
  }

  /// A checkpoint of a module, to which other parts are added.
  ///
  /// @param module whose [Module#stateDict()] is saved
  /// @return a checkpoint
  public static TrainingCheckpoint of(Module module) {
    return new TrainingCheckpoint(module);
  }

  /// Adds a part.
  ///
  /// @param name without dots, used once
  /// @param part to be saved and loaded
  /// @return this
  /// @throws IllegalArgumentException if the name is bad or taken
  @CanIgnoreReturnValue
  public TrainingCheckpoint with(String name, TrainingState part) {
    checkName(name);
    parts.put(name, part);
    return this;
  }

  /// Adds an optimizer.
  ///
  /// @param name without dots, used once
  /// @param optimizer whose state is saved
  /// @return this
  /// @throws IllegalArgumentException if the name is bad or taken
  @CanIgnoreReturnValue
  public TrainingCheckpoint with(String name, Optimizer optimizer) {
    return with(name, TrainingState.of(optimizer));
  }

  /// Adds a scheduler.
  ///
  /// @param name without dots, used once
  /// @param scheduler whose place is saved; its rates are saved with the optimizer
  /// @return this
  /// @throws IllegalArgumentException if the name is bad or taken
  @CanIgnoreReturnValue
  public TrainingCheckpoint with(String name, Scheduler scheduler) {
    return with(name, TrainingState.of(scheduler));
  }

  /// Adds a generator.
  ///
  /// @param name without dots, used once
  /// @param generator whose place in its stream is saved
  /// @return this
  /// @throws IllegalArgumentException if the name is bad or taken
  @CanIgnoreReturnValue
  public TrainingCheckpoint with(String name, Generator generator) {
    checkName(name);
    generators.put(name, generator);
    return this;
  }

  private void checkName(String name) {
    if (name.isEmpty() || name.contains(".")) {
      throw new IllegalArgumentException(
          "checkpoint: the name of a part must be without dots and not empty: '" + name + "'");
    }
    if (name.equals(MODEL) || parts.containsKey(name) || generators.containsKey(name)) {
      throw new IllegalArgumentException("checkpoint: there is a part '" + name + "' already");
    }
  }

  /// Saves everything, replacing `file` at once.
  ///
  /// @param file to be written; its folder must be there
  /// @param step how many steps were made
  /// @throws IOException if it cannot be written; the old file is as it was then
  public void save(Path file, long step) throws IOException {
    save(file, step, Map.of());
  }

  /// Saves everything and some texts, replacing `file` at once.
  ///
  /// @param file to be written; its folder must be there
  /// @param step how many steps were made
  /// @param texts such as the epoch, the loss so far or the name of the data
  /// @throws IOException if it cannot be written; the old file is as it was then
  public void save(Path file, long step, Map<String, String> texts) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>(module.stateDict(MODEL + "."));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(MARK, VERSION);
    metadata.put(STEP, Long.toString(step));
    parts.forEach((name, part) -> {
      metadata.put(PART + name, "");
      part.tensors().forEach((key, tensor) -> tensors.put(name + "." + key, tensor));
      part.numbers().forEach((key, number) -> metadata.put(name + "." + key, number.toString()));
    });
    generators.forEach((name, generator) -> {
      Generator.State state = generator.state();
      metadata.put(GENERATOR + name, state.seed() + "," + state.counter());
    });
    texts.forEach((key, text) -> metadata.put(TEXT + key, text));
    Safetensors.save(file, tensors, metadata);
  }

  /// Loads everything into the objects that this checkpoint has. Parts that the file has and this
  /// has not, or the other way round, are errors: training would go on differently.
  ///
  /// @param file what [#save(Path, long)] wrote
  /// @return the number of steps, and the texts
  /// @throws IOException if it cannot be read or is no checkpoint
  /// @throws IllegalArgumentException if something does not fit; the module and the generators are
  ///   unchanged then
  public Restored load(Path file) throws IOException {
    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
      Map<String, String> metadata = opened.metadata();
      if (!VERSION.equals(metadata.get(MARK))) {
        throw new IOException(
            "checkpoint: %s: its metadata has no %s = %s".formatted(file, MARK, VERSION));
      }
      compare(file, PART, metadata, parts);
      compare(file, GENERATOR, metadata, generators);
      long step = number(file, STEP, metadata.get(STEP));
      Map<Generator, Generator.State> states = new LinkedHashMap<>();
      for (Map.Entry<String, Generator> each : generators.entrySet()) {
        states.put(each.getValue(), state(file, metadata, GENERATOR + each.getKey()));
      }
      Map<String, Tensor> tensors = opened.tensors();
      Map<String, Tensor> model = behind(MODEL + ".", tensors);
      LoadOptions exact = LoadOptions.defaults().detectPrefix(false).dtypes(DTypePolicy.EXACT);
      String problems = module.loadStateDict(model, exact.dryRun(true)).problems(exact);
      if (problems != null) {
        throw new IllegalArgumentException("checkpoint: " + file + ": " + problems);
      }
      for (Map.Entry<String, TrainingState> part : parts.entrySet()) {
        String prefix = part.getKey() + ".";
        part.getValue().load(behind(prefix, tensors), numbers(file, behind(prefix, metadata)));
      }
      module.loadStateDict(model, exact);
      states.forEach(Generator::setState);
      return new Restored(step, behind(TEXT, metadata));
    }
  }

  private static void compare(
      Path file, String kind, Map<String, String> metadata, Map<String, ?> own) {
    var found = new TreeSet<>(behind(kind, metadata).keySet());
    if (!found.equals(own.keySet())) {
      throw new IllegalArgumentException(
          "checkpoint: %s has %s %s, not %s; add or leave out what differs"
              .formatted(
                  file,
                  kind.equals(PART) ? "the parts" : "the generators",
                  List.copyOf(found),
                  List.copyOf(new TreeSet<>(own.keySet()))));
    }
  }

  private static <T> Map<String, T> behind(String prefix, Map<String, T> all) {
    Map<String, T> some = new LinkedHashMap<>();
    all.forEach((name, value) -> {
      if (name.startsWith(prefix)) {
        some.put(name.substring(prefix.length()), value);
      }
    });
    return some;
  }

  private static Map<String, Double> numbers(Path file, Map<String, String> texts)
      throws IOException {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      try {
        numbers.put(text.getKey(), Double.valueOf(text.getValue()));
      } catch (NumberFormatException e) {
        throw notNumber(file, text.getKey(), text.getValue(), e);
      }
    }
    return numbers;
  }

  private static Generator.State state(Path file, Map<String, String> metadata, String key)
      throws IOException {
    String text = String.valueOf(metadata.get(key));
    int comma = text.indexOf(',');
    return new Generator.State(
        number(file, key, text.substring(0, Math.max(0, comma))),
        number(file, key, text.substring(comma + 1)));
  }

  private static long number(Path file, String key, @Nullable String text) throws IOException {
    try {
      return Long.parseLong(String.valueOf(text));
    } catch (NumberFormatException e) {
      throw notNumber(file, key, String.valueOf(text), e);
    }
  }

  private static IOException notNumber(Path file, String key, String text, Exception cause) {
    return new IOException(
        "checkpoint: %s: '%s' is no number: '%s'".formatted(file, key, text), cause);
  }
}
