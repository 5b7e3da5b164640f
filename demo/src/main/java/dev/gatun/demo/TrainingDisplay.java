package dev.gatun.demo;

import dev.gatun.demo.model.Trainer;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Shows training: a bar while an epoch runs where somebody watches, and a line when it is over.
final class TrainingDisplay {
  private static final int UPDATE_MILLIS = 100;

  private final PrintWriter out;
  private final boolean watched;
  private final int epochs;
  private final long samples;

  /// @param out where the lines go
  /// @param watched whether to draw bars, which go to the standard error
  /// @param epochs how many there will be
  /// @param samples how many samples each epoch has
  TrainingDisplay(PrintWriter out, boolean watched, int epochs, long samples) {
    this.out = out;
    this.watched = watched;
    this.epochs = epochs;
    this.samples = samples;
  }

  /// {@return whether standard input and output are a terminal}
  @SuppressWarnings("SystemConsoleNull") // it does again where standard input is a file
  static boolean isTerminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  /// Runs an epoch under a bar, if anybody watches.
  Trainer.Epoch show(int epoch, Trainer trainer) {
    if (!watched) {
      return trainer.epoch((_, _) -> {});
    }
    long start = System.nanoTime();
    try (ProgressBar bar = bar(epoch)) {
      return trainer.epoch((done, loss) -> {
        double speed = done * 1e9 / (System.nanoTime() - start);
        bar.setExtraMessage(String.format(Locale.ROOT, " loss %.4f  %.0f samples/s", loss, speed));
        bar.stepTo(done);
      });
    }
  }

  private ProgressBar bar(int epoch) {
    return new ProgressBarBuilder()
        .setTaskName("epoch %d/%d".formatted(epoch, epochs))
        .setInitialMax(samples)
        .hideEta()
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .clearDisplayOnFinish()
        .build();
  }

  /// Tells what an epoch came to.
  void tell(int epoch, Trainer.Epoch result, double accuracy) {
    out.printf(
        Locale.ROOT,
        "epoch %d/%d  loss %.4f  test accuracy %.4f  %.0f samples/s%n",
        epoch,
        epochs,
        result.loss(),
        accuracy,
        result.samplesPerSecond());
    out.flush();
  }
}
