package dev.gatun.demo.model;

import dev.gatun.memory.Scope;
import dev.gatun.nn.CrossEntropyLoss;
import dev.gatun.nn.Loss;
import dev.gatun.nn.Module;
import dev.gatun.nn.data.Batch;
import dev.gatun.nn.data.DataLoader;
import dev.gatun.nn.optim.Optimizer;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;

/// Teaches a network to classify, one pass over the data at a time.
///
/// The learning rate falls with every pass, in equal steps towards 0: the network comes to rest,
/// and what it ends with depends little on where the last batches happened to push it.
public final class Trainer {
  private static final long TEST_BATCH = 1000;

  private final Module network;
  private final Optimizer optimizer;
  private final DataLoader batches;
  private final double firstRate;
  private final int epochs;
  private final Loss loss = new CrossEntropyLoss();
  private int epochsDone;

  /// Puts the parts together; nothing is trained yet.
  ///
  /// @param network gives a score for each class
  /// @param optimizer of its parameters
  /// @param batches what to learn from
  /// @param epochs how many passes there will be
  public Trainer(Module network, Optimizer optimizer, DataLoader batches, int epochs) {
    this.network = network;
    this.optimizer = optimizer;
    this.batches = batches;
    this.firstRate = optimizer.lr();
    this.epochs = epochs;
  }

  /// Is told how far training has come.
  @FunctionalInterface
  public interface Progress {
    /// A step was taken.
    ///
    /// @param samples how many samples of this epoch were learned from
    /// @param loss their mean loss
    void step(long samples, double loss);
  }

  /// What an epoch came to.
  ///
  /// @param loss the mean loss of all samples, each when it was learned from
  /// @param samplesPerSecond the speed
  public record Epoch(double loss, double samplesPerSecond) {}

  /// Learns from every sample once.
  ///
  /// @param progress is told after every step
  /// @return what it came to
  public Epoch epoch(Progress progress) {
    network.train();
    optimizer.lr(firstRate * Math.max(epochs - epochsDone, 0) / epochs);
    epochsDone++;
    long start = System.nanoTime();
    long samples = 0;
    double sum = 0;
    for (Batch batch : batches) {
      // Whatever the step makes, the batch's tensors too, is given back when it is over.
      try (var _ = Scope.open("step")) {
        sum += batch.size() * step(batch);
      }
      samples += batch.size();
      progress.step(samples, sum / samples);
    }
    return new Epoch(sum / samples, samples * 1e9 / (System.nanoTime() - start));
  }

  private double step(Batch batch) {
    optimizer.zeroGrad();
    Tensor error = loss.forward(network.forward(batch.input()), batch.target());
    error.backward();
    optimizer.step();
    return error.item();
  }

  /// Examines the network.
  ///
  /// @param network gives a score for each class
  /// @param examples what to examine it with
  /// @return the share of examples whose class has the highest score
  public static double accuracy(Module network, ImageTensors examples) {
    network.eval();
    long count = examples.images().size(0);
    long correct = 0;
    for (long from = 0; from < count; from += TEST_BATCH) {
      long size = Math.min(TEST_BATCH, count - from);
      try (var _ = NoGrad.open();
          var _ = Scope.open("test")) {
        Tensor scores = network.forward(examples.images().narrow(0, from, size));
        Tensor hits = scores.argmax(1).eq(examples.labels().narrow(0, from, size));
        correct += hits.sum().itemLong();
      }
    }
    return correct / (double) count;
  }
}
