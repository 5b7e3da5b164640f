package dev.gatun.fuzz;

import dev.gatun.fuzz.Call.Bound;
import dev.gatun.fuzz.Call.Effect;
import dev.gatun.fuzz.Call.Maker;
import dev.gatun.fuzz.Root.Var;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// Chains of smooth operations with their gradients, as one step of a program.
final class GradientCalls {
  static final List<Maker> MAKERS = List.of(GradientCalls::chain, GradientCalls::chain);

  /// What keeps a tensor's shape and makes nothing much larger.
  private record Link(String name, UnaryOperator<Tensor> body) {}

  private static final List<Link> LINKS =
      List.of(
          new Link("tanh", Tensor::tanh),
          new Link("sigmoid", Tensor::sigmoid),
          new Link("softplus", Tensor::softplus),
          new Link("gelu", Tensor::gelu),
          new Link("silu", Tensor::silu),
          new Link("sin", Tensor::sin),
          new Link("mul own sigmoid", x -> x.mul(x.sigmoid())),
          new Link("softmax 0", x -> x.softmax(0)),
          new Link("softmax -1", x -> x.softmax(-1)),
          new Link("logSoftmax -1", x -> x.logSoftmax(-1).mul(0.25)),
          new Link("layerNorm", x -> x.layerNorm(new long[] {x.size(-1)}, null, null, 0.5)),
          new Link("center", x -> x.sub(x.mean(new int[] {0}, true))),
          new Link("scale", x -> x.div(x.square().mean().add(1).sqrt())),
          new Link("flip", x -> x.flip(-1)),
          new Link("roll", x -> x.roll(1, 0)),
          new Link("transposed", x -> x.transpose(0, -1).tanh().transpose(-1, 0)),
          new Link("halves", GradientCalls::halves),
          new Link("indices", x -> x.indexSelect(0, Tensor.arange(x.size(0)).flip(0))),
          new Link("twice", x -> Tensor.cat(0, x, x.mul(0.5)).narrow(0, 0, x.size(0))),
          new Link("stacked", x -> Tensor.stack(0, x, x.neg()).mean(0).add(x)),
          new Link("expanded", x -> x.unsqueeze(0).expand(repeated(x)).mean(0)),
          new Link("flattened", x -> x.flatten().mul(0.5).reshape(x.shape())),
          new Link("in place", x -> x.mul(0.5).tanh_()),
          new Link("view in place", GradientCalls::viewInPlace),
          new Link("copied in place", GradientCalls::copiedInPlace),
          new Link("squared distance", x -> x.sub(x.roll(1, 0)).square().mul(0.125)),
          new Link("own product", GradientCalls::ownProduct),
          new Link("detached", x -> x.mul(x.detach().tanh())));

  private GradientCalls() {}

  private static long[] repeated(Tensor x) {
    long[] shape = new long[x.dim() + 1];
    System.arraycopy(x.shape(), 0, shape, 1, x.dim());
    shape[0] = 3;
    return shape;
  }

  private static Tensor halves(Tensor x) {
    Tensor[] parts = x.tensorSplit(2, -1);
    return Tensor.cat(-1, parts[0].tanh(), parts[1].sigmoid());
  }

  private static Tensor viewInPlace(Tensor x) {
    Tensor y = x.mul(0.75);
    Tensor _ = y.narrow(0, 0, 1).mul_(0.5);
    Tensor _ = y.select(-1, 0).sigmoid_();
    return y;
  }

  private static Tensor copiedInPlace(Tensor x) {
    Tensor y = Tensor.zeros(x.dtype(), x.shape());
    Tensor _ = y.copy_(x.sin());
    Tensor _ = y.slice(-1, 0, y.size(-1), 2).add_(x.slice(-1, 0, x.size(-1), 2));
    return y;
  }

  private static Tensor ownProduct(Tensor x) {
    Tensor flat = x.reshape(x.size(0), x.numel() / x.size(0));
    Tensor near = flat.matmul(flat.t()).mul(1.0 / flat.size(1));
    return near.matmul(flat).mul(1.0 / flat.size(0)).reshape(x.shape());
  }

  private static Call chain(Draw d) {
    Var x =
        d.some(v ->
            (v.tensor().dtype() == DType.F32 || v.tensor().dtype() == DType.F64)
                && v.dim() > 0
                && v.tensor().numel() > 0
                && v.tensor().numel() < 3000
                && v.largest() <= 4);
    if (x.tensor().dtype() == DType.BF16) {
      x = d.fractions(DType.F32, 4, 9);
    }
    List<Link> links = new ArrayList<>();
    for (int i = 1 + d.below(4); i > 0; i--) {
      links.add(d.pick(LINKS));
    }
    Var weight = d.fractions(x.tensor().dtype(), x.shape());
    String text = "gradient of " + links.stream().map(Link::name).toList();
    return new Call(text, List.of(x, weight), in -> run(links, in), Bound.smooth(4000), Effect.NEW);
  }

  private static Tensor[] run(List<Link> links, Tensor[] in) {
    Tensor x = in[0].detach().requiresGrad_();
    Tensor weight = in[1].detach().requiresGrad_();
    Tensor y = x;
    for (Link link : links) {
      y = link.body.apply(y);
    }
    y.mul(weight).sum().backward();
    return new Tensor[] {
      y.detach(), Objects.requireNonNull(x.grad()), Objects.requireNonNull(weight.grad())
    };
  }
}
