package dev.gatun.bench;

import dev.gatun.bench.compare.Inputs;
import dev.gatun.bench.compare.Network;
import java.util.ArrayList;
import java.util.List;

/// Linear layers with ReLU between them, in doubles: a copy of a model to check it against.
public final class ReferenceMlp {
  /// What becomes of a parameter.
  @FunctionalInterface
  private interface Rule {
    void update(Values parameter, double[] gradient);
  }

  /// A parameter and Adam's moments.
  private static final class Values {
    final double[] value;
    final double[] mean;
    final double[] square;

    Values(double[] value) {
      this.value = value;
      this.mean = new double[value.length];
      this.square = new double[value.length];
    }
  }

  private record Layer(int in, int out, Values weight, Values bias) {}

  private final List<Layer> layers = new ArrayList<>();
  private int steps;

  private ReferenceMlp() {}

  /// Copies a network.
  ///
  /// @param layers from input to output
  /// @return with the same parameters
  public static ReferenceMlp of(List<Network.Layer> layers) {
    ReferenceMlp mlp = new ReferenceMlp();
    layers.forEach(layer -> mlp.add(layer.in(), layer.out(), layer.weight(), layer.bias()));
    return mlp;
  }

  private void add(long in, long out, float[] weight, float[] bias) {
    layers.add(
        new Layer(
            (int) in,
            (int) out,
            new Values(Inputs.doubles(weight)),
            new Values(Inputs.doubles(bias))));
  }

  /// The outputs of the last layer.
  ///
  /// @param x `[batch,inputs]`
  /// @param batch how many samples
  /// @return `[batch,outputs]`
  public double[] forward(double[] x, int batch) {
    return activations(x, batch).getLast();
  }

  /// One step of gradient descent on the mean cross-entropy.
  ///
  /// @param x `[batch,inputs]`
  /// @param target the classes
  /// @param lr the learning rate
  /// @return the loss before the step
  public double step(double[] x, long[] target, double lr) {
    return descend(
        x,
        target,
        (parameter, gradient) -> {
          for (int i = 0; i < gradient.length; i++) {
            parameter.value[i] -= lr * gradient[i];
          }
        });
  }

  /// One step of Adam on the mean cross-entropy.
  ///
  /// @param x `[batch,inputs]`
  /// @param target the classes
  /// @param lr the learning rate
  /// @param beta1 the share of the mean that stays
  /// @param beta2 the share of the mean square that stays
  /// @param epsilon keeps from dividing by 0
  /// @return the loss before the step
  public double adamStep(
      double[] x, long[] target, double lr, double beta1, double beta2, double epsilon) {
    int step = ++steps;
    return descend(
        x,
        target,
        (p, gradient) -> {
          for (int i = 0; i < gradient.length; i++) {
            p.mean[i] = beta1 * p.mean[i] + (1 - beta1) * gradient[i];
            p.square[i] = beta2 * p.square[i] + (1 - beta2) * gradient[i] * gradient[i];
            double square = p.square[i] / (1 - Math.pow(beta2, step));
            double mean = p.mean[i] / (1 - Math.pow(beta1, step));
            p.value[i] -= lr * mean / (Math.sqrt(square) + epsilon);
          }
        });
  }

  private double descend(double[] x, long[] target, Rule rule) {
    int batch = target.length;
    List<double[]> activations = activations(x, batch);
    int classes = layers.getLast().out;
    double[] gradient = Reference.softmax(activations.getLast(), classes);
    double loss = 0;
    for (int i = 0; i < batch; i++) {
      int at = i * classes + (int) target[i];
      loss -= Math.log(gradient[at]) / batch;
      gradient[at] -= 1;
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= batch;
    }
    for (int l = layers.size() - 1; l >= 0; l--) {
      gradient = descend(layers.get(l), activations.get(l), gradient, batch, rule);
    }
    return loss;
  }

  /// Weight and bias of each layer, in the order of the layers.
  List<double[]> parameters() {
    return layers.stream().flatMap(l -> List.of(l.weight.value, l.bias.value).stream()).toList();
  }

  /// The input of each layer and the output of the last.
  private List<double[]> activations(double[] x, int batch) {
    List<double[]> activations = new ArrayList<>(List.of(x));
    for (Layer layer : layers) {
      double[] transposed = Reference.transpose(layer.weight.value, layer.out);
      double[] y = Reference.matmul(activations.getLast(), transposed, batch, layer.in);
      boolean last = activations.size() == layers.size();
      for (int i = 0; i < y.length; i++) {
        double value = y[i] + layer.bias.value[i % layer.out];
        y[i] = last ? value : Math.max(value, 0);
      }
      activations.add(y);
    }
    return activations;
  }

  /// Updates a layer; returns the gradient of its input's own input, before its ReLU.
  private static double[] descend(
      Layer layer, double[] x, double[] gradient, int batch, Rule rule) {
    double[] below = Reference.matmul(gradient, layer.weight.value, batch, layer.out);
    for (int i = 0; i < below.length; i++) {
      below[i] = x[i] > 0 ? below[i] : 0;
    }
    double[] ofBias = new double[layer.out];
    for (int i = 0; i < gradient.length; i++) {
      ofBias[i % layer.out] += gradient[i];
    }
    double[] transposed = Reference.transpose(gradient, batch);
    rule.update(layer.weight, Reference.matmul(transposed, x, layer.out, batch));
    rule.update(layer.bias, ofBias);
    return below;
  }
}
