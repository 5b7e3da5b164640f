package dev.gatun.tensor;

import dev.gatun.kernel.RoundingKernels;
import dev.gatun.kernel.UnaryKernels;

/// Functions of one operand that change this tensor and return it. Each computes what its twin
/// without underscore does, and is recorded as that; see [InPlaceOps].
///
/// Dtypes: F32 and F64, where nothing else is said; others are a [DTypeException], since integers
/// cannot hold the results.
public sealed interface InPlaceMathOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `this = |this|`; F32, F64, I32, I64.
  ///
  /// @return this
  default Tensor abs_() {
    return InPlaceMath.number("abs_", new Pointwise.Abs(), UnaryKernels::abs, self());
  }

  /// `this = -1, 0 or 1`; F32, F64, I32, I64.
  ///
  /// @return this
  default Tensor sign_() {
    return InPlaceMath.number("sign_", new Pointwise.Sign(), UnaryKernels::sign, self());
  }

  /// As [PointwiseOps#exp()], in place.
  ///
  /// @return this
  default Tensor exp_() {
    return InPlaceMath.real("exp_", new Pointwise.Exp(), UnaryKernels::exp, self());
  }

  /// As [PointwiseOps#log()], in place.
  ///
  /// @return this
  default Tensor log_() {
    return InPlaceMath.real("log_", new Pointwise.Log(), UnaryKernels::log, self());
  }

  /// As [PointwiseOps#sigmoid()], in place.
  ///
  /// @return this
  default Tensor sigmoid_() {
    return InPlaceMath.real("sigmoid_", new Pointwise.Sigmoid(), UnaryKernels::sigmoid, self());
  }

  /// As [PointwiseOps#tanh()], in place.
  ///
  /// @return this
  default Tensor tanh_() {
    return InPlaceMath.real("tanh_", new Pointwise.Tanh(), UnaryKernels::tanh, self());
  }

  /// As [PointwiseOps#erf()], in place.
  ///
  /// @return this
  default Tensor erf_() {
    return InPlaceMath.real("erf_", new Pointwise.Erf(), UnaryKernels::erf, self());
  }

  /// As [PointwiseOps#reciprocal()], in place.
  ///
  /// @return this
  default Tensor reciprocal_() {
    return InPlaceMath.real(
        "reciprocal_", new Pointwise.Reciprocal(), UnaryKernels::reciprocal, self());
  }

  /// As [ExponentialOps#exp2()], in place.
  ///
  /// @return this
  default Tensor exp2_() {
    return InPlaceMath.curve(new Exponentials.Exp2(), self());
  }

  /// As [ExponentialOps#expm1()], in place.
  ///
  /// @return this
  default Tensor expm1_() {
    return InPlaceMath.curve(new Exponentials.Expm1(), self());
  }

  /// As [ExponentialOps#log2()], in place.
  ///
  /// @return this
  default Tensor log2_() {
    return InPlaceMath.curve(new Exponentials.Log2(), self());
  }

  /// As [ExponentialOps#log10()], in place.
  ///
  /// @return this
  default Tensor log10_() {
    return InPlaceMath.curve(new Exponentials.Log10(), self());
  }

  /// As [ExponentialOps#log1p()], in place.
  ///
  /// @return this
  default Tensor log1p_() {
    return InPlaceMath.curve(new Exponentials.Log1p(), self());
  }

  /// As [ExponentialOps#rsqrt()], in place.
  ///
  /// @return this
  default Tensor rsqrt_() {
    return InPlaceMath.curve(new Exponentials.Rsqrt(), self());
  }

  /// As [ExponentialOps#logit()], in place.
  ///
  /// @return this
  default Tensor logit_() {
    return InPlaceMath.curve(new Exponentials.Logit(), self());
  }

  /// As [TrigonometryOps#sin()], in place.
  ///
  /// @return this
  default Tensor sin_() {
    return InPlaceMath.curve(new Trigonometry.Sin(), self());
  }

  /// As [TrigonometryOps#cos()], in place.
  ///
  /// @return this
  default Tensor cos_() {
    return InPlaceMath.curve(new Trigonometry.Cos(), self());
  }

  /// As [TrigonometryOps#tan()], in place.
  ///
  /// @return this
  default Tensor tan_() {
    return InPlaceMath.curve(new Trigonometry.Tan(), self());
  }

  /// As [TrigonometryOps#asin()], in place.
  ///
  /// @return this
  default Tensor asin_() {
    return InPlaceMath.curve(new Trigonometry.Asin(), self());
  }

  /// As [TrigonometryOps#acos()], in place.
  ///
  /// @return this
  default Tensor acos_() {
    return InPlaceMath.curve(new Trigonometry.Acos(), self());
  }

  /// As [TrigonometryOps#atan()], in place.
  ///
  /// @return this
  default Tensor atan_() {
    return InPlaceMath.curve(new Trigonometry.Atan(), self());
  }

  /// As [TrigonometryOps#sinh()], in place.
  ///
  /// @return this
  default Tensor sinh_() {
    return InPlaceMath.curve(new Trigonometry.Sinh(), self());
  }

  /// As [TrigonometryOps#cosh()], in place.
  ///
  /// @return this
  default Tensor cosh_() {
    return InPlaceMath.curve(new Trigonometry.Cosh(), self());
  }

  /// As [TrigonometryOps#asinh()], in place.
  ///
  /// @return this
  default Tensor asinh_() {
    return InPlaceMath.curve(new Trigonometry.Asinh(), self());
  }

  /// As [TrigonometryOps#acosh()], in place.
  ///
  /// @return this
  default Tensor acosh_() {
    return InPlaceMath.curve(new Trigonometry.Acosh(), self());
  }

  /// As [TrigonometryOps#atanh()], in place.
  ///
  /// @return this
  default Tensor atanh_() {
    return InPlaceMath.curve(new Trigonometry.Atanh(), self());
  }

  /// As [TrigonometryOps#sinc()], in place.
  ///
  /// @return this
  default Tensor sinc_() {
    return InPlaceMath.curve(new Trigonometry.Sinc(), self());
  }

  /// As [SpecialOps#erfc()], in place.
  ///
  /// @return this
  default Tensor erfc_() {
    return InPlaceMath.curve(new Special.Erfc(), self());
  }

  /// As [SpecialOps#erfinv()], in place.
  ///
  /// @return this
  default Tensor erfinv_() {
    return InPlaceMath.curve(new Special.Erfinv(), self());
  }

  /// As [SpecialOps#lgamma()], in place.
  ///
  /// @return this
  default Tensor lgamma_() {
    return InPlaceMath.curve(new Special.Lgamma(), self());
  }

  /// As [SpecialOps#digamma()], in place.
  ///
  /// @return this
  default Tensor digamma_() {
    return InPlaceMath.curve(new Special.Digamma(), self());
  }

  /// As [ExponentialOps#logit(double)], in place.
  ///
  /// @param eps from 0 to 1/2
  /// @return this
  default Tensor logit_(double eps) {
    return InPlaceMath.logit(self(), eps);
  }

  /// As [SpecialOps#polygamma(int)], in place.
  ///
  /// @param n order, 0 to 170
  /// @return this
  default Tensor polygamma_(int n) {
    return InPlaceMath.curve(Special.polygamma(n), self());
  }

  /// Degrees become radians.
  ///
  /// @return this
  default Tensor deg2rad_() {
    return InPlaceMath.scale("deg2rad_", self(), Math.PI / 180);
  }

  /// Radians become degrees.
  ///
  /// @return this
  default Tensor rad2deg_() {
    return InPlaceMath.scale("rad2deg_", self(), 180 / Math.PI);
  }

  /// As [SpecialOps#nanToNum()], in place; integers and BOOL stay as they are.
  ///
  /// @return this
  default Tensor nanToNum_() {
    return InPlaceMath.nanToNum(self());
  }

  /// As [#nanToNum_()], with these numbers.
  ///
  /// @param nan for NaN
  /// @param posinf for ∞
  /// @param neginf for -∞
  /// @return this
  default Tensor nanToNum_(double nan, double posinf, double neginf) {
    return InPlaceMath.nanToNum(self(), nan, posinf, neginf);
  }

  /// As [RoundingOps#floor()], in place; I32, I64 and U8 stay as they are.
  ///
  /// @return this
  default Tensor floor_() {
    return InPlaceMath.toInteger(Roundings.Mode.FLOOR, self());
  }

  /// As [RoundingOps#ceil()], in place; I32, I64 and U8 stay as they are.
  ///
  /// @return this
  default Tensor ceil_() {
    return InPlaceMath.toInteger(Roundings.Mode.CEIL, self());
  }

  /// As [RoundingOps#round()], in place; I32, I64 and U8 stay as they are.
  ///
  /// @return this
  default Tensor round_() {
    return InPlaceMath.toInteger(Roundings.Mode.ROUND, self());
  }

  /// As [RoundingOps#trunc()], in place; I32, I64 and U8 stay as they are.
  ///
  /// @return this
  default Tensor trunc_() {
    return InPlaceMath.toInteger(Roundings.Mode.TRUNC, self());
  }

  /// As [RoundingOps#round(int)], in place.
  ///
  /// @param decimals behind the point, or before it when negative
  /// @return this
  default Tensor round_(int decimals) {
    return InPlaceMath.round(self(), decimals);
  }

  /// As [RoundingOps#frac()], in place.
  ///
  /// @return this
  default Tensor frac_() {
    return InPlaceMath.real("frac_", new Roundings.Frac(), RoundingKernels::frac, self());
  }
}
