package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A softmax over very many classes, most of which are rare (Grave and others, arXiv:1609.04309):
/// the most frequent classes and one entry for each cluster of the others are in the `head`; a
/// cluster of rare classes is computed for the rows alone whose class is in it, from fewer features
/// the rarer it is. Classes must be numbered by falling frequency.
///
/// `cutoffs` 10, 100 and 1000 of 5000 classes put the classes up to 9 into the head, and make
/// clusters of 10 to 99, 100 to 999 and 1000 to 4999.
public final class AdaptiveLogSoftmaxWithLoss extends Module {
  private static final String NAME = "AdaptiveLogSoftmaxWithLoss";

  private final long inFeatures;
  private final long[] ends; // of the head and of each cluster
  private final Linear head;
  private final ModuleList<Sequential> tail;

  /// What the layer computes.
  ///
  /// @param output log-probability of the target of each row, `[N]`, or `[]` of one row
  /// @param loss mean of `-output`, `[]`
  public record Result(Tensor output, Tensor loss) {}

  /// With a divisor of 4, without a bias in the head; F32.
  ///
  /// @param inFeatures size of a row
  /// @param nClasses number of classes
  /// @param cutoffs where clusters begin, rising, 1 to `nClasses - 1`
  public AdaptiveLogSoftmaxWithLoss(long inFeatures, long nClasses, long... cutoffs) {
    this(inFeatures, nClasses, cutoffs, 4, false, DType.F32, Generator.shared());
  }

  /// Makes the layer.
  ///
  /// @param inFeatures size of a row
  /// @param nClasses number of classes
  /// @param cutoffs where clusters begin, rising, 1 to `nClasses - 1`
  /// @param divValue cluster `i`, from 1, has `⌊inFeatures / divValueⁱ⌋` features
  /// @param headBias whether the head has a bias
  /// @param dtype F32 or F64
  /// @param generator where the parameters are drawn from
  /// @throws IllegalArgumentException if the cutoffs are not as they must be, or a cluster would
  ///   have no features
  public AdaptiveLogSoftmaxWithLoss(
      long inFeatures,
      long nClasses,
      long[] cutoffs,
      double divValue,
      boolean headBias,
      DType dtype,
      Generator generator) {
    checkCutoffs(cutoffs, nClasses);
    this.inFeatures = inFeatures;
    ends = Arrays.copyOf(cutoffs, cutoffs.length + 1);
    ends[cutoffs.length] = nClasses;
    long entries = ends[0] + cutoffs.length;
    head = child("head", new Linear(inFeatures, entries, headBias, dtype, generator));
    List<Sequential> clusters = new ArrayList<>();
    for (int i = 0; i < cutoffs.length; i++) {
      long features = (long) Math.floor(inFeatures / Math.pow(divValue, i + 1));
      if (features < 1) {
        throw new IllegalArgumentException(
            "%s: cluster %d has no features: inFeatures %d, divValue %s"
                .formatted(NAME, i + 1, inFeatures, divValue));
      }
      clusters.add(
          new Sequential(
              new Linear(inFeatures, features, false, dtype, generator),
              new Linear(features, ends[i + 1] - ends[i], false, dtype, generator)));
    }
    tail = child("tail", new ModuleList<>(clusters));
  }

  private static void checkCutoffs(long[] cutoffs, long nClasses) {
    boolean rise = cutoffs.length > 0 && cutoffs[0] > 0;
    for (int i = 1; i < cutoffs.length; i++) {
      rise &= cutoffs[i] > cutoffs[i - 1];
    }
    if (!rise || cutoffs[cutoffs.length - 1] >= nClasses) {
      throw new IllegalArgumentException(
          "%s: cutoffs must rise from 1 or more to %d or less: %s"
              .formatted(NAME, nClasses - 1, Numbers.text(cutoffs)));
    }
  }

  /// Refuses: the loss needs targets.
  @Override
  public Tensor forward(Tensor x) {
    throw new UnsupportedOperationException(
        NAME + ": needs targets; call forward(Tensor, Tensor), logProb(Tensor) or predict(Tensor)");
  }

  /// The log-probabilities of given classes.
  ///
  /// @param x `[N, in]` or `[in]`
  /// @param target classes, I64, `[N]` or `[]`
  /// @return both belong to the current scope
  /// @throws ShapeException if the shapes do not fit
  /// @throws IndexOutOfBoundsException if a target is no class
  public Result forward(Tensor x, Tensor target) {
    boolean isBatch = target.dim() == 1;
    if (target.dim() > 1
        || x.dim() != target.dim() + 1
        || (isBatch && x.size(0) != target.numel())) {
      throw new ShapeException(
          "%s: needs [N,%d] and [N], or [%d] and []: %s and %s"
              .formatted(
                  NAME,
                  inFeatures,
                  inFeatures,
                  Numbers.text(x.shape()),
                  Numbers.text(target.shape())));
    }
    Tensor rows = isBatch ? x : x.unsqueeze(0);
    long[] classes = (isBatch ? target : target.unsqueeze(0)).to(DType.I64).toLongArray();
    int[] clusters = Arrays.stream(classes).mapToInt(this::cluster).toArray();
    long[] entries =
        IntStream.range(0, classes.length)
            .mapToLong(i -> clusters[i] == 0 ? classes[i] : ends[0] + clusters[i] - 1)
            .toArray();
    Tensor output = pick(head.call(rows), entries);
    for (int c = 1; c < ends.length; c++) {
      int which = c;
      int[] members =
          IntStream.range(0, classes.length).filter(i -> clusters[i] == which).toArray();
      if (members.length > 0) {
        long first = ends[c - 1];
        long[] own = Arrays.stream(members).mapToLong(i -> classes[i] - first).toArray();
        Tensor at = index(members);
        Tensor inner = tail.get(c - 1).call(rows.indexSelect(0, at));
        output = output.indexAdd(0, at, pick(inner, own));
      }
    }
    return new Result(isBatch ? output : output.squeeze(0), output.neg().mean());
  }

  /// The number of the cluster of a class, 0 for the head.
  private int cluster(long target) {
    for (int c = 0; target >= 0 && c < ends.length; c++) {
      if (target < ends[c]) {
        return c;
      }
    }
    throw new IndexOutOfBoundsException(
        "%s: a target must be 0 to %d: %d".formatted(NAME, ends[ends.length - 1] - 1, target));
  }

  private static Tensor pick(Tensor scores, long[] columns) {
    Tensor index = Tensor.of(columns, columns.length, 1);
    return scores.logSoftmax(1).gather(1, index).squeeze(1);
  }

  private static Tensor index(int[] rows) {
    return Tensor.of(Arrays.stream(rows).asLongStream().toArray(), rows.length);
  }

  /// The log-probabilities of all classes.
  ///
  /// @param x `[N, in]`
  /// @return `[N, classes]`
  public Tensor logProb(Tensor x) {
    return logProb(x, head.call(requireRows(x)));
  }

  private Tensor logProb(Tensor x, Tensor scores) {
    Tensor logp = scores.logSoftmax(1);
    List<Tensor> parts = new ArrayList<>();
    parts.add(logp.narrow(1, 0, ends[0]));
    for (int c = 1; c < ends.length; c++) {
      Tensor own = logp.narrow(1, ends[0] + c - 1, 1);
      parts.add(tail.get(c - 1).call(x).logSoftmax(1).add(own));
    }
    return Tensor.cat(parts, 1);
  }

  /// The most probable class of each row. Clusters are computed only for rows in which the head
  /// prefers one.
  ///
  /// @param x `[N, in]`
  /// @return `[N]`, I64
  public Tensor predict(Tensor x) {
    Tensor scores = head.call(requireRows(x));
    Tensor best = scores.argmax(1);
    long[] chosen = best.toLongArray();
    int[] open = IntStream.range(0, chosen.length).filter(i -> chosen[i] >= ends[0]).toArray();
    if (open.length == 0) {
      return best;
    }
    Tensor at = index(open);
    Tensor classes = logProb(x.indexSelect(0, at), scores.indexSelect(0, at)).argmax(1);
    return best.indexCopy(0, at, classes);
  }

  private Tensor requireRows(Tensor x) {
    if (x.dim() != 2) {
      throw new ShapeException(
          "%s: needs [N,%d], got %s".formatted(NAME, inFeatures, Numbers.text(x.shape())));
    }
    return x;
  }
}
