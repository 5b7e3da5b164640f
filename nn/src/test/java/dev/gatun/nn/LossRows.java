package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/// How each case of `losses.txt` is computed, by the name before its reduction.
final class LossRows {
  /// A loss with its reduction, of the inputs of a case.
  @FunctionalInterface
  interface Row extends BiFunction<Reduction, Checks.Inputs, Tensor> {}

  private static final Map<String, Row> ROWS = new LinkedHashMap<>();

  private LossRows() {}

  static Map<String, Row> rows() {
    if (ROWS.isEmpty()) {
      elementwise();
      likelihoods();
      margins();
      embeddings();
      classes();
      ctc();
    }
    return ROWS;
  }

  /// A loss of `x` and `target`.
  private static void of(String name, BiFunction<Reduction, Checks.Inputs, Loss> make) {
    ROWS.put(name, (r, in) -> make.apply(r, in).forward(in.get("x"), in.get("target")));
  }

  private static void elementwise() {
    of("SmoothL1Loss", (r, _) -> new SmoothL1Loss().withReduction(r));
    of("SmoothL1Loss-beta", (r, _) -> new SmoothL1Loss().withBeta(0.25).withReduction(r));
    of("SmoothL1Loss-zero", (r, _) -> new SmoothL1Loss(0, r));
    of("SmoothL1Loss-empty", (r, _) -> new SmoothL1Loss(1, r));
    of("HuberLoss", (r, _) -> new HuberLoss().withReduction(r));
    of("HuberLoss-delta", (r, _) -> new HuberLoss().withDelta(0.5).withReduction(r));
    of("HuberLoss-empty", (r, _) -> new HuberLoss(1, r));
    of("BCELoss", (r, _) -> new BCELoss().withReduction(r));
    of("BCELoss-weight", (r, in) -> new BCELoss().withWeight(in.get("weight")).withReduction(r));
    of("BCELoss-target", (_, _) -> new BCELoss(null, Reduction.SUM));
    of("BCELoss-empty", (r, _) -> new BCELoss(null, r));
    of("SoftMarginLoss", (r, _) -> new SoftMarginLoss().withReduction(r));
    of("SoftMarginLoss-empty", (r, _) -> new SoftMarginLoss(r));
    of("HingeEmbeddingLoss", (r, _) -> new HingeEmbeddingLoss().withReduction(r));
    of("HingeEmbeddingLoss-margin", (r, _) -> new HingeEmbeddingLoss(0.335, r));
    of("HingeEmbeddingLoss-empty", (r, _) -> new HingeEmbeddingLoss(1, r));
  }

  private static void likelihoods() {
    of("KLDivLoss", (r, _) -> new KLDivLoss().withReduction(r));
    of("KLDivLoss-logTarget", (r, _) -> new KLDivLoss().withLogTarget(true).withReduction(r));
    of("KLDivLoss-zero", (_, _) -> new KLDivLoss(false, Reduction.NONE));
    of("KLDivLoss-target", (_, _) -> new KLDivLoss(false, Reduction.SUM));
    of("KLDivLoss-empty", (r, _) -> new KLDivLoss(false, r));
    of("PoissonNLLLoss", (r, _) -> new PoissonNLLLoss().withReduction(r));
    of("PoissonNLLLoss-rate", (r, _) -> new PoissonNLLLoss(false, false, 1e-8, r));
    of("PoissonNLLLoss-eps", (r, _) -> new PoissonNLLLoss(false, false, 0.5, r));
    of("PoissonNLLLoss-full", (r, _) -> new PoissonNLLLoss().withFull(true).withReduction(r));
    of("PoissonNLLLoss-empty", (r, _) -> new PoissonNLLLoss(true, false, 1e-8, r));
    gaussian("", new GaussianNLLLoss());
    gaussian("-full", new GaussianNLLLoss().withFull(true));
    gaussian("-eps", new GaussianNLLLoss().withEps(0.75));
    gaussian("-rows", new GaussianNLLLoss());
    gaussian("-column", new GaussianNLLLoss());
  }

  private static void gaussian(String variant, GaussianNLLLoss loss) {
    ROWS.put(
        "GaussianNLLLoss" + variant,
        (r, in) ->
            loss.withReduction(r).forward(in.get("x"), in.get("target"), in.get("variance")));
  }

  private static void margins() {
    of("MultiLabelSoftMarginLoss", (r, _) -> new MultiLabelSoftMarginLoss().withReduction(r));
    of("MultiLabelSoftMarginLoss-row", (r, _) -> new MultiLabelSoftMarginLoss(null, r));
    of(
        "MultiLabelSoftMarginLoss-weight",
        (r, in) -> new MultiLabelSoftMarginLoss(in.get("weight"), r));
    of("MultiLabelMarginLoss", (r, _) -> new MultiLabelMarginLoss().withReduction(r));
    of("MultiLabelMarginLoss-row", (r, _) -> new MultiLabelMarginLoss(r));
    of("MultiMarginLoss", (r, _) -> new MultiMarginLoss().withReduction(r));
    of("MultiMarginLoss-square", (r, _) -> new MultiMarginLoss(2, 0.515, null, r));
    of(
        "MultiMarginLoss-weight",
        (r, in) -> new MultiMarginLoss().withP(2).withWeight(in.get("weight")).withReduction(r));
    of("MultiMarginLoss-row", (r, _) -> new MultiMarginLoss().withReduction(r));
    ranking("", new MarginRankingLoss());
    ranking("-margin", new MarginRankingLoss().withMargin(0.5));
  }

  private static void ranking(String variant, MarginRankingLoss loss) {
    ROWS.put(
        "MarginRankingLoss" + variant,
        (r, in) -> loss.withReduction(r).forward(in.get("a"), in.get("b"), in.get("target")));
  }

  private static void embeddings() {
    triplet("", new TripletMarginLoss());
    triplet("-swap", new TripletMarginLoss().withMargin(2.5).withSwap(true));
    triplet("-p", new TripletMarginLoss().withP(1).withEps(0.01));
    triplet("-row", new TripletMarginLoss().withMargin(3));
    distance("", new TripletMarginWithDistanceLoss());
    distance(
        "-given",
        new TripletMarginWithDistanceLoss(
            (a, b) -> F.cosineSimilarity(a, b).neg().add(1), 0.7, true, Reduction.MEAN));
    cosine("", new CosineEmbeddingLoss());
    cosine("-margin", new CosineEmbeddingLoss().withMargin(-0.5));
    cosine("-row", new CosineEmbeddingLoss().withMargin(-0.9));
  }

  private static void triplet(String variant, TripletMarginLoss loss) {
    ROWS.put(
        "TripletMarginLoss" + variant,
        (r, in) -> loss.withReduction(r).forward(in.get("a"), in.get("b"), in.get("c")));
  }

  private static void distance(String variant, TripletMarginWithDistanceLoss loss) {
    ROWS.put(
        "TripletMarginWithDistanceLoss" + variant,
        (r, in) -> loss.withReduction(r).forward(in.get("a"), in.get("b"), in.get("c")));
  }

  private static void cosine(String variant, CosineEmbeddingLoss loss) {
    ROWS.put(
        "CosineEmbeddingLoss" + variant,
        (r, in) -> loss.withReduction(r).forward(in.get("a"), in.get("b"), in.get("target")));
  }

  private static void classes() {
    of("CrossEntropyLoss-picture", (r, in) -> new CrossEntropyLoss(in.find("weight"), 1, 0.1, r));
    of("CrossEntropyLoss-picture-plain", (r, _) -> new CrossEntropyLoss().withReduction(r));
    of("CrossEntropyLoss-all", (r, in) -> new CrossEntropyLoss(in.find("weight"), 1, 0.1, r));
    of("CrossEntropyLoss-shares", (r, _) -> new CrossEntropyLoss().withReduction(r));
    of(
        "CrossEntropyLoss-shares-all",
        (r, in) -> new CrossEntropyLoss(in.find("weight"), -100, 0.2, r));
    of("CrossEntropyLoss-shares-picture", (r, _) -> new CrossEntropyLoss().withReduction(r));
    of("CrossEntropyLoss-row", (r, _) -> new CrossEntropyLoss().withReduction(r));
    of("NLLLoss-picture", (r, in) -> new NLLLoss(in.find("weight"), 1, r));
    of("NLLLoss-row", (r, _) -> new NLLLoss(null, -100, r));
  }

  private static void ctc() {
    CTCLoss loss = new CTCLoss();
    ctc("", loss, new long[] {6, 5}, 3, 2);
    ctc("-joined", loss, new long[] {5, 4, 5}, 2, 0, 3);
    ctc("-blank", loss.withBlank(2), new long[] {4, 3}, 2, 2);
    ctc("-infinite", loss, new long[] {2, 2}, 2, 2);
    ctc("-zeroInfinity", loss.withZeroInfinity(true), new long[] {2, 2}, 2, 2);
    ctc("-single", loss, new long[] {5}, 2);
  }

  private static void ctc(String variant, CTCLoss loss, long[] steps, long... labels) {
    ROWS.put(
        "CTCLoss" + variant,
        (r, in) ->
            loss.withReduction(r)
                .forward(F.logSoftmax(in.get("x"), -1), in.get("target"), steps, labels));
  }
}
