package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import java.util.List;

/// Rows of [PointwiseOps].
final class PointwiseRows {
  private PointwiseRows() {}

  static List<Family> families() {
    return List.of(
        family(
            "neg",
            row("neg", a -> a.neg()),
            row("neg-rank0", a -> a.neg()),
            row("neg-transposed", a -> a.t().neg()),
            row("neg-edge", a -> a.neg()),
            row("neg-i64", a -> a.neg())),
        family(
            "abs",
            row("abs", a -> a.abs()),
            row("abs-rank0", a -> a.abs()),
            row("abs-transposed", a -> a.t().abs()),
            row("abs-edge", a -> a.abs()),
            row("abs-i64", a -> a.abs()),
            row("abs-zero", a -> a.abs()).atKink()),
        family(
            "sign",
            row("sign", a -> a.sign()),
            row("sign-rank0", a -> a.sign()),
            row("sign-transposed", a -> a.t().sign()),
            row("sign-edge", a -> a.sign()),
            row("sign-i64", a -> a.sign()),
            row("sign-zero", a -> a.sign()).atKink()),
        family(
            "exp",
            row("exp", a -> a.exp()),
            row("exp-rank0", a -> a.exp()),
            row("exp-transposed", a -> a.t().exp()),
            row("exp-edge", a -> a.exp())),
        family(
            "log",
            row("log", a -> a.log()),
            row("log-rank0", a -> a.log()),
            row("log-transposed", a -> a.t().log()),
            row("log-edge", a -> a.log())),
        family(
            "sqrt",
            row("sqrt", a -> a.sqrt()),
            row("sqrt-rank0", a -> a.sqrt()),
            row("sqrt-transposed", a -> a.t().sqrt()),
            row("sqrt-edge", a -> a.sqrt())),
        family(
            "relu",
            row("relu", a -> a.relu()),
            row("relu-rank0", a -> a.relu()),
            row("relu-transposed", a -> a.t().relu()),
            row("relu-edge", a -> a.relu()),
            row("relu-i64", a -> a.relu()),
            row("relu-zero", a -> a.relu()).atKink()),
        family(
            "sigmoid",
            row("sigmoid", a -> a.sigmoid()),
            row("sigmoid-rank0", a -> a.sigmoid()),
            row("sigmoid-transposed", a -> a.t().sigmoid()),
            row("sigmoid-edge", a -> a.sigmoid()),
            row("sigmoid-large", a -> a.sigmoid())),
        family(
            "tanh",
            row("tanh", a -> a.tanh()),
            row("tanh-rank0", a -> a.tanh()),
            row("tanh-transposed", a -> a.t().tanh()),
            row("tanh-edge", a -> a.tanh()),
            row("tanh-large", a -> a.tanh())),
        family(
            "softplus",
            row("softplus", a -> a.softplus()),
            row("softplus-rank0", a -> a.softplus()),
            row("softplus-transposed", a -> a.t().softplus()),
            row("softplus-edge", a -> a.softplus()),
            row("softplus-large", a -> a.softplus())),
        family(
            "erf",
            row("erf", a -> a.erf()),
            row("erf-rank0", a -> a.erf()),
            row("erf-transposed", a -> a.t().erf()),
            row("erf-edge", a -> a.erf()),
            row("erf-large", a -> a.erf())),
        family(
            "gelu",
            row("gelu", a -> a.gelu()),
            row("gelu-rank0", a -> a.gelu()),
            row("gelu-transposed", a -> a.t().gelu()),
            row("gelu-edge", a -> a.gelu()),
            row("gelu-large", a -> a.gelu()),
            row("gelu-tanh", a -> a.gelu(true)),
            row("gelu-tanh-rank0", a -> a.gelu(true)),
            row("gelu-tanh-transposed", a -> a.t().gelu(true)),
            row("gelu-tanh-edge", a -> a.gelu(true)),
            row("gelu-tanh-large", a -> a.gelu(true))),
        family(
            "reciprocal",
            row("reciprocal", a -> a.reciprocal()),
            row("reciprocal-rank0", a -> a.reciprocal()),
            row("reciprocal-transposed", a -> a.t().reciprocal()),
            row("reciprocal-edge", a -> a.reciprocal())),
        family(
            "square",
            row("square", a -> a.square()),
            row("square-rank0", a -> a.square()),
            row("square-transposed", a -> a.t().square()),
            row("square-edge", a -> a.square())));
  }
}
