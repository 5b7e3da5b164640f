package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import java.util.List;
import java.util.stream.Stream;

/// Rows of [RoundingOps], [ExponentialOps], [TrigonometryOps] and [SpecialOps].
final class MathRows {
  private MathRows() {}

  static List<Family> families() {
    return Stream.of(rounding(), exponentials(), trigonometry(), special())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Family> rounding() {
    return List.of(
        family(
            "floor",
            row("floor", a -> a.floor()),
            row("floor-rank0", a -> a.floor()),
            row("floor-transposed", a -> a.t().floor()),
            row("floor-edge", a -> a.floor()),
            row("floor-i64", a -> a.floor())),
        family(
            "ceil",
            row("ceil", a -> a.ceil()),
            row("ceil-rank0", a -> a.ceil()),
            row("ceil-transposed", a -> a.t().ceil()),
            row("ceil-edge", a -> a.ceil()),
            row("ceil-i64", a -> a.ceil())),
        family(
            "round",
            row("round", a -> a.round()),
            row("round-rank0", a -> a.round()),
            row("round-transposed", a -> a.t().round()),
            row("round-edge", a -> a.round()),
            row("round-i64", a -> a.round()),
            row("round-decimals-1", a -> a.round(1)),
            row("round-decimals-3", a -> a.round(3)),
            row("round-decimals-minus-1", a -> a.round(-1))),
        family(
            "trunc",
            row("trunc", a -> a.trunc()),
            row("trunc-rank0", a -> a.trunc()),
            row("trunc-transposed", a -> a.t().trunc()),
            row("trunc-edge", a -> a.trunc()),
            row("trunc-i64", a -> a.trunc())),
        family(
            "frac",
            row("frac", a -> a.frac()),
            row("frac-rank0", a -> a.frac()),
            row("frac-transposed", a -> a.t().frac()),
            row("frac-edge", a -> a.frac())));
  }

  private static List<Family> exponentials() {
    return List.of(
        family(
            "exp2",
            row("exp2", a -> a.exp2()),
            row("exp2-rank0", a -> a.exp2()),
            row("exp2-transposed", a -> a.t().exp2()),
            row("exp2-edge", a -> a.exp2())),
        family(
            "expm1",
            row("expm1", a -> a.expm1()),
            row("expm1-rank0", a -> a.expm1()),
            row("expm1-transposed", a -> a.t().expm1()),
            row("expm1-edge", a -> a.expm1())),
        family(
            "log2",
            row("log2", a -> a.log2()),
            row("log2-rank0", a -> a.log2()),
            row("log2-transposed", a -> a.t().log2()),
            row("log2-edge", a -> a.log2())),
        family(
            "log10",
            row("log10", a -> a.log10()),
            row("log10-rank0", a -> a.log10()),
            row("log10-transposed", a -> a.t().log10()),
            row("log10-edge", a -> a.log10())),
        family(
            "log1p",
            row("log1p", a -> a.log1p()),
            row("log1p-rank0", a -> a.log1p()),
            row("log1p-transposed", a -> a.t().log1p()),
            row("log1p-edge", a -> a.log1p())),
        family(
            "rsqrt",
            row("rsqrt", a -> a.rsqrt()),
            row("rsqrt-rank0", a -> a.rsqrt()),
            row("rsqrt-transposed", a -> a.t().rsqrt()),
            row("rsqrt-edge", a -> a.rsqrt())),
        family(
            "logit",
            row("logit", a -> a.logit()),
            row("logit-rank0", a -> a.logit()),
            row("logit-transposed", a -> a.t().logit()),
            row("logit-edge", a -> a.logit()),
            row("logit-eps", a -> a.logit(0.125)),
            row("logit-outside", a -> a.logit()).atKink()));
  }

  private static List<Family> trigonometry() {
    return List.of(
        family(
            "sin",
            row("sin", a -> a.sin()),
            row("sin-rank0", a -> a.sin()),
            row("sin-transposed", a -> a.t().sin()),
            row("sin-edge", a -> a.sin())),
        family(
            "cos",
            row("cos", a -> a.cos()),
            row("cos-rank0", a -> a.cos()),
            row("cos-transposed", a -> a.t().cos()),
            row("cos-edge", a -> a.cos())),
        family(
            "tan",
            row("tan", a -> a.tan()),
            row("tan-rank0", a -> a.tan()),
            row("tan-transposed", a -> a.t().tan()),
            row("tan-edge", a -> a.tan())),
        family(
            "asin",
            row("asin", a -> a.asin()),
            row("asin-rank0", a -> a.asin()),
            row("asin-transposed", a -> a.t().asin()),
            row("asin-edge", a -> a.asin())),
        family(
            "acos",
            row("acos", a -> a.acos()),
            row("acos-rank0", a -> a.acos()),
            row("acos-transposed", a -> a.t().acos()),
            row("acos-edge", a -> a.acos())),
        family(
            "atan",
            row("atan", a -> a.atan()),
            row("atan-rank0", a -> a.atan()),
            row("atan-transposed", a -> a.t().atan()),
            row("atan-edge", a -> a.atan())),
        family(
            "sinh",
            row("sinh", a -> a.sinh()),
            row("sinh-rank0", a -> a.sinh()),
            row("sinh-transposed", a -> a.t().sinh()),
            row("sinh-edge", a -> a.sinh())),
        family(
            "cosh",
            row("cosh", a -> a.cosh()),
            row("cosh-rank0", a -> a.cosh()),
            row("cosh-transposed", a -> a.t().cosh()),
            row("cosh-edge", a -> a.cosh())),
        family(
            "asinh",
            row("asinh", a -> a.asinh()),
            row("asinh-rank0", a -> a.asinh()),
            row("asinh-transposed", a -> a.t().asinh()),
            row("asinh-edge", a -> a.asinh())),
        family(
            "acosh",
            row("acosh", a -> a.acosh()),
            row("acosh-rank0", a -> a.acosh()),
            row("acosh-transposed", a -> a.t().acosh()),
            row("acosh-edge", a -> a.acosh())),
        family(
            "atanh",
            row("atanh", a -> a.atanh()),
            row("atanh-rank0", a -> a.atanh()),
            row("atanh-transposed", a -> a.t().atanh()),
            row("atanh-edge", a -> a.atanh())),
        family(
            "sinc",
            row("sinc", a -> a.sinc()),
            row("sinc-rank0", a -> a.sinc()),
            row("sinc-transposed", a -> a.t().sinc()),
            row("sinc-edge", a -> a.sinc()),
            row("sinc-zero", a -> a.sinc()).atKink()),
        family(
            "deg2rad",
            row("deg2rad", a -> a.deg2rad()),
            row("deg2rad-rank0", a -> a.deg2rad()),
            row("deg2rad-transposed", a -> a.t().deg2rad()),
            row("deg2rad-edge", a -> a.deg2rad())),
        family(
            "rad2deg",
            row("rad2deg", a -> a.rad2deg()),
            row("rad2deg-rank0", a -> a.rad2deg()),
            row("rad2deg-transposed", a -> a.t().rad2deg()),
            row("rad2deg-edge", a -> a.rad2deg())));
  }

  private static List<Family> special() {
    return List.of(
        family(
            "erfc",
            row("erfc", a -> a.erfc()),
            row("erfc-rank0", a -> a.erfc()),
            row("erfc-transposed", a -> a.t().erfc()),
            row("erfc-edge", a -> a.erfc())),
        family(
            "erfinv",
            row("erfinv", a -> a.erfinv()),
            row("erfinv-rank0", a -> a.erfinv()),
            row("erfinv-transposed", a -> a.t().erfinv()),
            row("erfinv-edge", a -> a.erfinv())),
        family(
            "lgamma",
            row("lgamma", a -> a.lgamma()),
            row("lgamma-rank0", a -> a.lgamma()),
            row("lgamma-transposed", a -> a.t().lgamma()),
            row("lgamma-edge", a -> a.lgamma()),
            row("lgamma-below", a -> a.lgamma())),
        family(
            "digamma",
            row("digamma", a -> a.digamma()),
            row("digamma-rank0", a -> a.digamma()),
            row("digamma-transposed", a -> a.t().digamma()),
            row("digamma-edge", a -> a.digamma()),
            row("digamma-below", a -> a.digamma())),
        family(
            "polygamma",
            row("polygamma", a -> a.polygamma(1)),
            row("polygamma-rank0", a -> a.polygamma(1)),
            row("polygamma-transposed", a -> a.t().polygamma(1)),
            row("polygamma-edge", a -> a.polygamma(1)),
            row("polygamma-2", a -> a.polygamma(2)),
            row("polygamma-2-rank0", a -> a.polygamma(2)),
            row("polygamma-2-transposed", a -> a.t().polygamma(2)),
            row("polygamma-2-edge", a -> a.polygamma(2)),
            row("polygamma-5", a -> a.polygamma(5)),
            row("polygamma-5-rank0", a -> a.polygamma(5)),
            row("polygamma-5-transposed", a -> a.t().polygamma(5)),
            row("polygamma-5-edge", a -> a.polygamma(5)),
            row("polygamma-below", a -> a.polygamma(1))),
        family(
            "nanToNum",
            row("nanToNum", a -> a.nanToNum()),
            row("nanToNum-rank0", a -> a.nanToNum()),
            row("nanToNum-transposed", a -> a.t().nanToNum()),
            row("nanToNum-edge", a -> a.nanToNum()),
            row("nanToNum-given", a -> a.nanToNum(0.25, 7.0, -8.0)),
            row("nanToNum-given-rank0", a -> a.nanToNum(0.25, 7.0, -8.0)),
            row("nanToNum-given-transposed", a -> a.t().nanToNum(0.25, 7.0, -8.0)),
            row("nanToNum-given-edge", a -> a.nanToNum(0.25, 7.0, -8.0)),
            row("nanToNum-slope", a -> a.nanToNum(1, 2, -2)).atKink(),
            row("nanToNum-i64", a -> a.nanToNum())),
        family(
            "isnan",
            row("isnan", a -> a.isnan()),
            row("isnan-rank0", a -> a.isnan()),
            row("isnan-i64", a -> a.isnan()),
            row("isnan-bool", a -> a.isnan())),
        family(
            "isinf",
            row("isinf", a -> a.isinf()),
            row("isinf-rank0", a -> a.isinf()),
            row("isinf-i64", a -> a.isinf()),
            row("isinf-bool", a -> a.isinf())),
        family(
            "isfinite",
            row("isfinite", a -> a.isfinite()),
            row("isfinite-rank0", a -> a.isfinite()),
            row("isfinite-i64", a -> a.isfinite()),
            row("isfinite-bool", a -> a.isfinite())));
  }
}
