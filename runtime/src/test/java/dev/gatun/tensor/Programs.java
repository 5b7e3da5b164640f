package dev.gatun.tensor;

import dev.gatun.memory.DType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/// Small programs that PyTorch ran too, `programs.txt`: several operations and a backward, which is
/// part of the program. Each returns what the golden case calls its outputs.
final class Programs {
  private Programs() {}

  /// A program from named leaves to named results.
  record Program(String name, Function<Map<String, Tensor>, Map<String, Tensor>> body) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Program> entries() {
    return Stream.of(
        new Program("mlp", Programs::mlp),
        new Program("used-twice", in -> run(a(in).mul(b(in)).add(a(in)).sum())),
        new Program("diamond", Programs::diamond),
        new Program("same-operand", in -> run(a(in).matmul(a(in)).mul(a(in)).sum())),
        new Program("accumulate", Programs::accumulate),
        new Program("retain-graph", Programs::retainGraph),
        new Program("detached", in -> run(a(in).tanh().detach().mul(a(in)).sum())),
        new Program("masked-softmax", Programs::maskedSoftmax),
        new Program("views", Programs::views),
        new Program("normalize", Programs::normalize),
        new Program("shared-weight", Programs::sharedWeight),
        second("second-tanh", in -> a(in).tanh().pow(2).mul(a(in)).sum()),
        second("second-pow", in -> a(in).pow(3).sum()),
        second("second-exp-log", in -> a(in).exp().mul(a(in).log()).sum()),
        second("second-sigmoid", in -> a(in).sigmoid().mul(b(in)).sum()),
        second("second-softplus", in -> a(in).softplus().mul(b(in)).sum()),
        second("second-erf", in -> a(in).erf().mul(b(in)).sum()),
        second("second-gelu", in -> a(in).gelu().mul(b(in)).sum()),
        second("second-gelu-tanh", in -> a(in).gelu(true).mul(b(in)).sum()),
        second("second-div", in -> a(in).div(b(in)).sum()),
        second("second-softmax", in -> a(in).softmax(1).mul(b(in)).sum()),
        second("second-logSoftmax", in -> a(in).logSoftmax(1).mul(b(in)).sum()),
        second("second-matmul", in -> a(in).matmul(b(in)).pow(2).sum()),
        second("second-matmul-bilinear", in -> a(in).matmul(b(in)).sum()),
        second("second-linear", in -> a(in).linear(b(in), get(in, "c")).tanh().sum()),
        second("second-gather", in -> a(in).gather(1, get(in, "index")).square().sum()),
        second("second-broadcast", in -> a(in).mul(b(in).exp()).square().mean()),
        new Program("third-pow", Programs::thirdPow));
  }

  private static Tensor get(Map<String, Tensor> in, String name) {
    return Objects.requireNonNull(in.get(name), name);
  }

  private static Tensor a(Map<String, Tensor> in) {
    return get(in, "a");
  }

  private static Tensor b(Map<String, Tensor> in) {
    return get(in, "b");
  }

  private static Map<String, Tensor> run(Tensor y) {
    y.backward();
    return Map.of("y", y);
  }

  private static Map<String, Tensor> mlp(Map<String, Tensor> in) {
    Tensor h = get(in, "x").matmul(get(in, "w1").t()).add(get(in, "b1")).relu();
    Tensor logits = h.matmul(get(in, "w2").t()).add(get(in, "b2"));
    Tensor loss = logits.logSoftmax(1).gather(1, get(in, "labels")).mean().neg();
    loss.backward();
    return Map.of("logits", logits, "loss", loss);
  }

  private static Map<String, Tensor> diamond(Map<String, Tensor> in) {
    Tensor h = a(in).tanh();
    Tensor u = h.mul(h);
    Tensor v = h.exp();
    Tensor y = u.mul(v).sub(h).mean();
    y.backward();
    return Map.of("h", h, "y", y);
  }

  private static Map<String, Tensor> accumulate(Map<String, Tensor> in) {
    Tensor first = a(in).mul(b(in)).sum();
    first.backward();
    Tensor second = a(in).square().mul(b(in)).sum();
    second.backward();
    return Map.of("first", first, "second", second);
  }

  private static Map<String, Tensor> retainGraph(Map<String, Tensor> in) {
    Tensor y = a(in).exp().mul(a(in)).sum();
    y.backward(null, true, false);
    return run(y);
  }

  private static Map<String, Tensor> maskedSoftmax(Map<String, Tensor> in) {
    Tensor masked = Tensor.scalar(DType.F64, Double.NEGATIVE_INFINITY);
    Tensor y = Tensor.where(get(in, "mask"), a(in), masked).softmax(1);
    Tensor loss = y.mul(b(in)).sum();
    loss.backward();
    return Map.of("y", y, "loss", loss);
  }

  private static Map<String, Tensor> views(Map<String, Tensor> in) {
    Tensor columns = a(in).t().narrow(0, 1, 2);
    Tensor row = a(in).select(0, 0).unsqueeze(1).narrow(0, 0, 2);
    Tensor y = columns.mul(row).permute(1, 0);
    Tensor loss = y.flatten().mul(Tensor.arange(DType.F64, 0, 6, 1)).sum();
    loss.backward();
    return Map.of("y", y, "loss", loss);
  }

  private static Map<String, Tensor> normalize(Map<String, Tensor> in) {
    int[] rows = {1};
    Tensor centered = a(in).sub(a(in).mean(rows, true));
    Tensor y = centered.div(centered.square().mean(rows, true).add(1e-5).sqrt());
    Tensor loss = y.mul(y).mul(b(in)).sum();
    loss.backward();
    return Map.of("y", y, "loss", loss);
  }

  private static Map<String, Tensor> sharedWeight(Map<String, Tensor> in) {
    Tensor h = get(in, "x");
    for (int i = 0; i < 3; i++) {
      h = h.matmul(get(in, "w")).tanh();
    }
    Tensor y = h.sum();
    y.backward();
    return Map.of("h", h, "y", y);
  }

  /// `z`, the sum of squares of the first gradients, and its backward.
  private static Program second(String name, Function<Map<String, Tensor>, Tensor> function) {
    return new Program(
        name,
        in -> {
          Map<String, Tensor> out = new LinkedHashMap<>();
          Tensor y = function.apply(in);
          out.put("y", y);
          List<String> names = in.keySet().stream().filter(n -> get(in, n).requiresGrad()).toList();
          List<Tensor> leaves = names.stream().map(n -> get(in, n)).toList();
          var gradients = Autograd.grad(List.of(y), leaves, null, true, true);
          Tensor z = Tensor.zeros(DType.F64);
          for (int i = 0; i < leaves.size(); i++) {
            Tensor g = Objects.requireNonNull(gradients.get(i));
            out.put("g" + names.get(i), g);
            z = z.add(g.square().sum());
          }
          out.put("z", z);
          z.backward();
          return out;
        });
  }

  private static Map<String, Tensor> thirdPow(Map<String, Tensor> in) {
    Tensor y = a(in).pow(4).sum();
    Tensor g1 = gradient(y, a(in));
    Tensor g2 = gradient(g1.sum(), a(in));
    g2.sum().backward();
    return Map.of("y", y, "g1", g1, "g2", g2);
  }

  private static Tensor gradient(Tensor y, Tensor x) {
    var gradients = Autograd.grad(List.of(y), List.of(x), null, true, true);
    return Objects.requireNonNull(gradients.get(0));
  }
}
