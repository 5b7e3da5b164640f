package dev.gatun.tensor;

import static java.util.Objects.requireNonNull;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Programs.Program;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Programs that change tensors in place on their way.
final class InPlacePrograms {
  private InPlacePrograms() {}

  static Stream<Program> entries() {
    return Stream.of(
        new Program("in-place-chain", InPlacePrograms::chain),
        new Program("in-place-becomes-recorded", InPlacePrograms::becomesRecorded),
        new Program("in-place-rows", InPlacePrograms::rows),
        new Program("in-place-views", InPlacePrograms::views),
        new Program("in-place-transposed", InPlacePrograms::transposed),
        new Program("in-place-read-expanded", InPlacePrograms::readExpanded),
        new Program("in-place-overwritten", InPlacePrograms::overwritten),
        new Program("in-place-no-grad", InPlacePrograms::noGrad),
        new Program("in-place-second", InPlacePrograms::second),
        new Program("unbind-second", InPlacePrograms::unbindSecond));
  }

  static Tensor get(Map<String, Tensor> in, String name) {
    return requireNonNull(in.get(name), name);
  }

  private static Map<String, Tensor> squares(Tensor y) {
    Tensor loss = y.mul(y).sum();
    loss.backward();
    return Map.of("y", y, "loss", loss);
  }

  private static Map<String, Tensor> chain(Map<String, Tensor> in) {
    Tensor a = get(in, "a");
    Tensor b = get(in, "b");
    Tensor y = a.mul(2);
    y.mul_(b).add_(1).sub_(a).div_(b).neg_();
    return squares(y.addcmul_(a, b, 0.5).addcdiv_(a, b, -2));
  }

  private static Map<String, Tensor> becomesRecorded(Map<String, Tensor> in) {
    Tensor a = get(in, "a");
    Tensor y = Tensor.zeros(DType.F64, 2, 3);
    y.add_(a).mul_(a).relu_();
    Tensor loss = y.mul(get(in, "b")).sum();
    loss.backward();
    return Map.of("y", y, "loss", loss);
  }

  private static Map<String, Tensor> rows(Map<String, Tensor> in) {
    Tensor y = Tensor.zeros(DType.F64, 3, 4);
    for (int i = 0; i < 3; i++) {
      y.select(0, i).copy_(get(in, "a").mul(i + 1));
    }
    y.select(1, 2).mul_(get(in, "b"));
    return squares(y);
  }

  private static Map<String, Tensor> views(Map<String, Tensor> in) {
    Tensor y = get(in, "a").mul(3);
    Tensor head = y.narrow(1, 0, 2);
    Tensor tail = y.narrow(1, 2, 2);
    Tensor corner = head.narrow(0, 0, 1).t();
    head.mul_(get(in, "b"));
    tail.sub_(corner.detach().sum());
    Tensor loss = head.mul(head).sum().add(tail.sum()).add(corner.mul(5).sum());
    loss = loss.add(y.mul(y.t().t()).sum());
    loss.backward();
    return Map.of("y", y, "head", head, "tail", tail, "corner", corner, "loss", loss);
  }

  private static Map<String, Tensor> transposed(Map<String, Tensor> in) {
    Tensor b = get(in, "b");
    Tensor y = get(in, "a").mul(2).t();
    y.narrow(0, 1, 2).mul_(b);
    y.t().select(0, 1).add_(b.select(1, 0).sum());
    Tensor loss = y.mul(y).mul(y).sum();
    loss.backward();
    return Map.of("y", y, "loss", loss);
  }

  private static Map<String, Tensor> readExpanded(Map<String, Tensor> in) {
    Tensor y = get(in, "a").mul(1);
    Tensor wide = y.unsqueeze(0).expand(4, 3);
    y.mul_(get(in, "b"));
    Tensor loss = wide.mul(get(in, "c")).sum();
    loss.backward();
    return Map.of("wide", wide, "loss", loss);
  }

  private static Map<String, Tensor> overwritten(Map<String, Tensor> in) {
    Tensor y = get(in, "a").mul(2);
    y.narrow(0, 0, 1).zero_();
    y.narrow(0, 1, 1).fill_(7);
    y.narrow(0, 2, 1).copy_(get(in, "b"));
    return squares(y);
  }

  private static Map<String, Tensor> noGrad(Map<String, Tensor> in) {
    Tensor a = get(in, "a");
    Tensor y = a.mul(get(in, "b"));
    try (var _ = NoGrad.open()) {
      a.mul_(2);
      a.narrow(0, 0, 1).add_(1);
    }
    Tensor z = a.mul(5);
    Tensor loss = z.mul(z).sum();
    loss.backward();
    return Map.of("y", y, "loss", loss);
  }

  private static Map<String, Tensor> second(Map<String, Tensor> in) {
    Tensor a = get(in, "a");
    Tensor b = get(in, "b");
    Tensor y = a.mul(2);
    y.mul_(b);
    y.mul_(y.detach().sum());
    Tensor inner = y.mul(y).mul(y).sum();
    List<@Nullable Tensor> g =
        Autograd.grad(List.of(inner), List.of(a, b), new GradOptions().createGraph());
    Tensor ga = requireNonNull(g.get(0));
    Tensor gb = requireNonNull(g.get(1));
    Tensor z = ga.square().sum().add(gb.square().sum());
    z.backward();
    return Map.of("inner", inner, "ga", ga, "gb", gb, "z", z);
  }

  private static Map<String, Tensor> unbindSecond(Map<String, Tensor> in) {
    Tensor a = get(in, "a");
    Tensor[] rows = a.unbind(0);
    Tensor inner = rows[0].mul(rows[1].exp()).sum().add(rows[2].mul(rows[2]).mul(rows[0]).sum());
    Tensor ga =
        requireNonNull(
            Autograd.grad(List.of(inner), List.of(a), new GradOptions().createGraph()).getFirst());
    Tensor total = ga.square().sum();
    total.backward();
    return Map.of("inner", inner, "ga", ga, "total", total);
  }
}
