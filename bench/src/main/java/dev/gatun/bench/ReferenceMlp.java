package dev.gatun.bench;

import dev.gatun.nn.Parameter;
import dev.gatun.nn.Sequential;
import java.util.ArrayList;
import java.util.List;

/// Linear layers with ReLU between them, in doubles: a copy of a model to check it against.
final class ReferenceMlp {
  private static final class Layer {
    final int in;
    final int out;
    final double[] weight;
    final double[] bias;

    Layer(Parameter weight, Parameter bias) {
      this.in = (int) weight.size(1);
      this.out = (int) weight.size(0);
      this.weight = Reference.doubles(weight);
      this.bias = Reference.doubles(bias);
    }
  }

  private final List<Layer> layers = new ArrayList<>();

  /// Copies the parameters, which must come as weight and bias in turns.
  ReferenceMlp(Sequential model) {
    List<Parameter> parameters = model.parameters();
    for (int i = 0; i < parameters.size(); i += 2) {
      layers.add(new Layer(parameters.get(i), parameters.get(i + 1)));
    }
  }

  double[] forward(double[] x, int batch) {
    return activations(x, batch).getLast();
  }

  /// One step of gradient descent on the mean cross-entropy, which is returned.
  double step(double[] x, long[] target, double lr) {
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
      gradient = descend(layers.get(l), activations.get(l), gradient, batch, lr);
    }
    return loss;
  }

  /// Weight and bias of each layer, as [Sequential#parameters()] lists them.
  List<double[]> parameters() {
    return layers.stream().flatMap(l -> List.of(l.weight, l.bias).stream()).toList();
  }

  /// The input of each layer and the output of the last.
  private List<double[]> activations(double[] x, int batch) {
    List<double[]> activations = new ArrayList<>(List.of(x));
    for (Layer layer : layers) {
      double[] y =
          Reference.matmul(
              activations.getLast(), Reference.transpose(layer.weight, layer.out), batch, layer.in);
      boolean last = activations.size() == layers.size();
      for (int i = 0; i < y.length; i++) {
        double value = y[i] + layer.bias[i % layer.out];
        y[i] = last ? value : Math.max(value, 0);
      }
      activations.add(y);
    }
    return activations;
  }

  /// Updates a layer; returns the gradient of its input's own input, before its ReLU.
  private static double[] descend(
      Layer layer, double[] x, double[] gradient, int batch, double lr) {
    double[] below = Reference.matmul(gradient, layer.weight, batch, layer.out);
    for (int i = 0; i < below.length; i++) {
      below[i] = x[i] > 0 ? below[i] : 0;
    }
    double[] ofWeight = Reference.matmul(Reference.transpose(gradient, batch), x, layer.out, batch);
    for (int i = 0; i < ofWeight.length; i++) {
      layer.weight[i] -= lr * ofWeight[i];
    }
    for (int i = 0; i < gradient.length; i++) {
      layer.bias[i % layer.out] -= lr * gradient[i];
    }
    return below;
  }
}
