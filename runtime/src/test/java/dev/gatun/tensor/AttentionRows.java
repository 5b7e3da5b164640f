package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import dev.gatun.tensor.OpCatalog.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of [AttentionOps].
final class AttentionRows {
  private AttentionRows() {}

  static List<Family> families() {
    return List.of(
        family(
            "scaledDotProductAttention",
            row("attention", (q, k, v) -> q.scaledDotProductAttention(k, v)),
            row("attention-2d", (q, k, v) -> q.scaledDotProductAttention(k, v)),
            row("attention-heads", (q, k, v) -> q.scaledDotProductAttention(k, v)),
            row("attention-scale", AttentionRows::scaled),
            row("attention-broadcast", (q, k, v) -> q.scaledDotProductAttention(k, v)),
            row("attention-one", (q, k, v) -> q.scaledDotProductAttention(k, v)),
            row("attention-no-queries", (q, k, v) -> q.scaledDotProductAttention(k, v)),
            row("attention-no-keys", (q, k, v) -> q.scaledDotProductAttention(k, v)),
            masked("attention-mask"),
            masked("attention-mask-batch"),
            masked("attention-mask-blind"),
            masked("attention-add"),
            masked("attention-add-batch"),
            masked("attention-add-column"),
            masked("attention-add-inf"),
            row("attention-causal-4-4", AttentionRows::causal),
            row("attention-causal-3-5", AttentionRows::causal),
            row("attention-causal-5-3", AttentionRows::causal),
            row("attentionPacked", x -> packed(x, null, false)),
            row("attentionPacked-heads", x -> packed(x, null, false)),
            row("attentionPacked-add", (x, mask) -> packed(x, mask, false)),
            row("attentionPacked-causal", x -> packed(x, null, true))));
  }

  private static Row masked(String name) {
    return new Row(
        name,
        false,
        in ->
            List.of(
                in.get(0).scaledDotProductAttention(in.get(1), in.get(2), in.get(3), 0, false)));
  }

  private static Tensor scaled(Tensor q, Tensor k, Tensor v) {
    return q.scaledDotProductAttention(k, v, null, 0, false, 0.3, Generator.shared());
  }

  private static Tensor causal(Tensor q, Tensor k, Tensor v) {
    return q.scaledDotProductAttention(k, v, null, 0, true);
  }

  private static Tensor packed(Tensor x, @Nullable Tensor mask, boolean causal) {
    return x.scaledDotProductAttentionPacked(mask, 0, causal, Generator.shared());
  }
}
