package dev.gatun.kernel;

import dev.gatun.memory.DType;
import org.jspecify.annotations.Nullable;

/// Convolutions and the two products that their gradients are, over contiguous F32 or F64 operands.
/// With `x ∈ X`, `w ∈ W`, `y ∈ Y`, all three are faces of one sum over images, channels and taps:
/// `y = x * w`, and the gradients of `⟨y, g⟩` with respect to `x` and `w`.
///
/// Products go through [Gemm], tile by tile: the patches of some pixels are packed into a few
/// hundred kilobytes and multiplied at once. Kernels that need no packing are chosen by the sizes
/// alone. Results do not depend on the number of threads. Sizes are the caller's to check.
public final class ConvKernels {
  private ConvKernels() {}

  /// `y = x * w + bias`
  ///
  /// @param dtype F32 or F64, of everything
  /// @param s the sizes
  /// @param x input
  /// @param w weight
  /// @param bias one for each output channel, or null
  /// @param y result
  public static void forward(
      DType dtype,
      ConvGeometry s,
      ElementRun x,
      ElementRun w,
      @Nullable ElementRun bias,
      ElementRun y) {
    if (s.images == 0 || s.groups == 0 || s.filters == 0 || s.pixels == 0) {
      return;
    }
    ElementRun b = bias == null ? null : bias.alias();
    if (!direct(dtype, s, x.alias(), w.alias(), b, y.alias())) {
      new ConvForward(dtype, s, x.alias(), w.alias(), b, y.alias()).run();
    }
  }

  /// Whether the vector loops without a product have done it.
  private static boolean direct(
      DType dtype,
      ConvGeometry s,
      ElementRun x,
      ElementRun w,
      @Nullable ElementRun bias,
      ElementRun y) {
    if (!Dispatch.vector() || s.isPointwise()) {
      return false;
    }
    return Elements.isF32(dtype)
        ? F32ConvDirect.run(s, x, w, bias, y)
        : F64ConvDirect.run(s, x, w, bias, y);
  }

  /// The gradient with respect to `x`, plus a bias.
  ///
  /// @param dtype F32 or F64, of everything
  /// @param s the sizes
  /// @param g gradient with respect to `y`
  /// @param w weight
  /// @param bias one for each input channel, or null
  /// @param dx result
  public static void inputGradient(
      DType dtype,
      ConvGeometry s,
      ElementRun g,
      ElementRun w,
      @Nullable ElementRun bias,
      ElementRun dx) {
    if (s.images == 0 || s.groups == 0 || s.channels == 0 || s.inputs == 0) {
      return;
    }
    ElementRun b = bias == null ? null : bias.alias();
    new ConvInputGradient(dtype, s, g.alias(), w.alias(), b, dx.alias()).run();
  }

  /// The gradient with respect to `w`.
  ///
  /// @param dtype F32 or F64, of everything
  /// @param s the sizes
  /// @param x input
  /// @param g gradient with respect to `y`
  /// @param dw result
  public static void weightGradient(
      DType dtype, ConvGeometry s, ElementRun x, ElementRun g, ElementRun dw) {
    if (s.groups == 0 || s.filters == 0 || s.depth == 0) {
      return;
    }
    ElementRun xa = x.alias();
    ElementRun ga = g.alias();
    ElementRun da = dw.alias();
    boolean direct = Dispatch.vector() && !s.isPointwise();
    if (direct && Elements.isF32(dtype) && F32ConvWeights.run(s, xa, ga, da)) {
      return;
    }
    if (direct && !Elements.isF32(dtype) && F64ConvWeights.run(s, xa, ga, da)) {
      return;
    }
    new ConvWeightGradient(dtype, s, xa, ga, da).run();
  }

  /// All patches: `y` is `[images, channels * taps, pixels]`. Of `s`, there is one group.
  ///
  /// @param dtype F32 or F64
  /// @param s the sizes
  /// @param x input
  /// @param y result
  public static void patches(DType dtype, ConvGeometry s, ElementRun x, ElementRun y) {
    eachPlane(dtype, s, x, y, false);
  }

  /// The sum of the patches that each input element is in; `dx` is written.
  ///
  /// @param dtype F32 or F64
  /// @param s the sizes
  /// @param g in the shape that [#patches] has
  /// @param dx result
  public static void addPatches(DType dtype, ConvGeometry s, ElementRun g, ElementRun dx) {
    eachPlane(dtype, s, dx, g, true);
  }

  /// Whole planes lie in scratch where their own memory may be closed by another thread meanwhile.
  private static void eachPlane(
      DType dtype, ConvGeometry s, ElementRun x, ElementRun y, boolean back) {
    long planes = s.images * s.channels;
    if (planes == 0 || (s.inputs == 0 && back) || (!back && s.taps * (long) s.pixels == 0)) {
      return;
    }
    int bytes = dtype.byteSize();
    ElementRun xa = x.alias();
    ElementRun ya = y.alias();
    ConvLoop.run(
        (double) planes * s.taps * s.pixels,
        Math.toIntExact(planes),
        plane -> {
          ConvScratch scratch = ConvScratch.take();
          long size = (long) s.taps * s.pixels;
          ConvPlain input = ConvPlain.of(xa, plane * (long) s.inputs, s.inputs, bytes, scratch, 0);
          ConvPlain patches = ConvPlain.of(ya, plane * size, size, bytes, scratch, 1);
          if (back) {
            ConvRuns.zero(input.address(), s.inputs, bytes);
            patches.load();
            ConvPatches.addBack(
                s,
                input.address(),
                1,
                0,
                s.pixels,
                patches.address(),
                (long) s.pixels * bytes,
                bytes);
            input.store();
          } else {
            input.load();
            ConvPatches.pack(
                s,
                input.address(),
                1,
                0,
                s.pixels,
                patches.address(),
                (long) s.pixels * bytes,
                bytes);
            patches.store();
          }
          scratch.release();
        });
  }
}
