package dev.gatun.bench.peers.tensorflow;

import dev.gatun.bench.compare.Network;
import dev.gatun.bench.compare.Training;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/// A network in a graph: of constants, or of variables where it is trained.
final class Layers {
  private final Ops tf;
  private final boolean trained;
  private final List<Operand<TFloat32>> weights = new ArrayList<>();
  private final List<Operand<TFloat32>> biases = new ArrayList<>();
  private final List<Op> initializers = new ArrayList<>();
  private final List<Op> updates = new ArrayList<>();

  Layers(Ops tf, Network network, boolean trained) {
    this.tf = tf;
    this.trained = trained;
    for (Network.Layer layer : network.layers()) {
      weights.add(parameter(layer.transposed(), layer.in(), layer.out()));
      biases.add(parameter(layer.bias(), layer.out()));
    }
  }

  private Operand<TFloat32> parameter(float[] values, long... shape) {
    Operand<TFloat32> constant = tf.constant(Shape.of(shape), DataBuffers.of(values));
    return trained ? variable(constant, shape) : constant;
  }

  private Variable<TFloat32> variable(Operand<TFloat32> value, long... shape) {
    Variable<TFloat32> variable = tf.variable(Shape.of(shape), TFloat32.class);
    initializers.add(tf.assign(variable, value));
    return variable;
  }

  Operand<TFloat32> forward(Operand<TFloat32> x) {
    Operand<TFloat32> y = x;
    for (int i = 0; i < weights.size(); i++) {
      y = tf.nn.biasAdd(tf.linalg.matMul(y, weights.get(i)), biases.get(i));
      if (i < weights.size() - 1) {
        y = tf.nn.relu(y);
      }
    }
    return y;
  }

  /// The mean cross-entropy; the sparse one has no gradient here.
  Operand<TFloat32> loss(Operand<TFloat32> x, Operand<TFloat32> target) {
    var each = tf.nn.softmaxCrossEntropyWithLogits(forward(x), target);
    return tf.math.mean(each.loss(), tf.constant(0));
  }

  /// No parameter changes before all gradients are there: others depend on its value.
  void minimize(Operand<TFloat32> loss, Training how) {
    List<Operand<TFloat32>> parameters = new ArrayList<>(weights);
    parameters.addAll(biases);
    Gradients gradients = tf.gradients(loss, parameters);
    List<Op> all = new ArrayList<>();
    gradients.dy().forEach(gradient -> all.add(tf.identity(gradient)));
    Ops after = tf.withControlDependencies(all);
    Operand<TFloat32> rate = tf.constant((float) how.lr());
    if (!how.adam()) {
      for (int i = 0; i < parameters.size(); i++) {
        updates.add(
            after.train.applyGradientDescent(parameters.get(i), rate, gradients.<TFloat32>dy(i)));
      }
      return;
    }
    adam(after, parameters, gradients, rate);
  }

  private void adam(
      Ops after, List<Operand<TFloat32>> parameters, Gradients gradients, Operand<TFloat32> rate) {
    Operand<TFloat32> beta1 = tf.constant((float) Training.BETA1);
    Operand<TFloat32> beta2 = tf.constant((float) Training.BETA2);
    Operand<TFloat32> epsilon = tf.constant((float) Training.EPSILON);
    Operand<TFloat32> power1 = variable(beta1);
    Operand<TFloat32> power2 = variable(beta2);
    List<Op> applied = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      long[] shape = parameters.get(i).shape().asArray();
      Operand<TFloat32> zeros = tf.zeros(tf.constant(shape), TFloat32.class);
      applied.add(
          after.train.applyAdam(
              parameters.get(i),
              variable(zeros, shape),
              variable(zeros, shape),
              power1,
              power2,
              rate,
              beta1,
              beta2,
              epsilon,
              gradients.<TFloat32>dy(i)));
    }
    Ops last = tf.withControlDependencies(applied);
    updates.addAll(applied);
    updates.add(last.assign(power1, last.math.mul(power1, beta1)));
    updates.add(last.assign(power2, last.math.mul(power2, beta2)));
  }

  void initialize(Session session) {
    Session.Runner runner = session.runner();
    initializers.forEach(runner::addTarget);
    runner.run().close();
  }

  List<Op> updates() {
    return updates;
  }
}
