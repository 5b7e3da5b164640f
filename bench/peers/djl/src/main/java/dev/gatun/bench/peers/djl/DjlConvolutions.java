package dev.gatun.bench.peers.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.gatun.bench.compare.Correlation;
import dev.gatun.bench.compare.LeNet;
import dev.gatun.bench.compare.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The networks of [Correlation] and [LeNet] by DJL's functions.
///
/// @param manager of what stays
record DjlConvolutions(NDManager manager) {
  private static final Shape ONE = new Shape(1, 1);
  private static final Shape TWO = new Shape(2, 2);

  Supplier<NDArray> of(Correlation work) {
    long side = work.side();
    long kernel = Correlation.KERNEL;
    Shape shape = new Shape(work.images(), work.channels(), side, side);
    NDArray x = manager.create(work.x(), shape);
    NDArray weight =
        manager.create(
            work.weight(), new Shape(Correlation.FILTERS, work.channels(), kernel, kernel));
    NDArray bias = manager.create(work.bias(), new Shape(Correlation.FILTERS));
    return () -> Conv2d.conv2d(x, weight, bias, ONE, ONE).singletonOrThrow();
  }

  Task of(LeNet work) {
    NDArray x = manager.create(work.x(), new Shape(LeNet.BATCH, 1, LeNet.SIDE, LeNet.SIDE));
    NDArray labels = manager.create(work.labels());
    List<NDArray> parameters = new ArrayList<>();
    for (int i = 0; i < LeNet.layers(); i++) {
      long[] shape = LeNet.shape(i);
      parameters.add(manager.create(work.weight(i), new Shape(shape)));
      parameters.add(manager.create(work.bias(i), new Shape(shape[0])));
    }
    parameters.forEach(parameter -> parameter.setRequiresGradient(true));
    Optimizer optimizer =
        Optimizer.sgd().setLearningRateTracker(Tracker.fixed((float) LeNet.LR)).build();
    Loss criterion = new SoftmaxCrossEntropyLoss();
    return Task.training(
        () -> {
          try (NDManager step = manager.newSubManager();
              GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            x.attach(step);
            NDList y = new NDList(forward(x, parameters));
            NDArray loss = criterion.evaluate(new NDList(labels), y);
            x.attach(manager);
            collector.backward(loss);
            for (int i = 0; i < parameters.size(); i++) {
              NDArray gradient = parameters.get(i).getGradient();
              optimizer.update(Integer.toString(i), parameters.get(i), gradient);
              gradient.close();
            }
            collector.zeroGradients();
            return (double) loss.getFloat();
          }
        });
  }

  private static NDArray forward(NDArray x, List<NDArray> p) {
    NDArray y = block(x, p.get(0), p.get(1), LeNet.PADDING);
    y = block(y, p.get(2), p.get(3), 0);
    y = y.reshape(LeNet.BATCH, -1);
    y = Activation.sigmoid(Linear.linear(y, p.get(4), p.get(5)).singletonOrThrow());
    y = Activation.sigmoid(Linear.linear(y, p.get(6), p.get(7)).singletonOrThrow());
    return Linear.linear(y, p.get(8), p.get(9)).singletonOrThrow();
  }

  private static NDArray block(NDArray x, NDArray weight, NDArray bias, long padding) {
    Shape paddings = new Shape(padding, padding);
    NDArray y = Conv2d.conv2d(x, weight, bias, ONE, paddings).singletonOrThrow();
    return Pool.avgPool2d(Activation.sigmoid(y), TWO, TWO, new Shape(0, 0), false, true);
  }
}
