package dev.gatun.bench.compare;

import dev.gatun.nn.AvgPool2d;
import dev.gatun.nn.Conv2d;
import dev.gatun.nn.Flatten;
import dev.gatun.nn.Linear;
import dev.gatun.nn.Module;
import dev.gatun.nn.Sequential;
import dev.gatun.nn.Sigmoid;
import dev.gatun.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/// The networks of [Correlation] and [LeNet] as a user of Gatun writes them.
final class GatunConvolutions {
  private GatunConvolutions() {}

  static Module of(Correlation work) {
    long kernel = Correlation.KERNEL;
    Conv2d layer = new Conv2d(work.channels(), Correlation.FILTERS, kernel, 1, 1);
    layer.loadStateDict(
        Map.of(
            "weight",
            Tensor.of(work.weight(), Correlation.FILTERS, work.channels(), kernel, kernel),
            "bias",
            Tensor.of(work.bias(), Correlation.FILTERS)));
    return layer;
  }

  static Tensor images(Correlation work) {
    return Tensor.of(work.x(), work.images(), work.channels(), work.side(), work.side());
  }

  static Module of(LeNet work) {
    Sequential model =
        new Sequential(
            new Conv2d(1, 6, LeNet.KERNEL, 1, LeNet.PADDING),
            new Sigmoid(),
            new AvgPool2d(2),
            new Conv2d(6, 16, LeNet.KERNEL),
            new Sigmoid(),
            new AvgPool2d(2),
            new Flatten(),
            new Linear(400, 120),
            new Sigmoid(),
            new Linear(120, 84),
            new Sigmoid(),
            new Linear(84, LeNet.CLASSES));
    Map<String, Tensor> state = new LinkedHashMap<>();
    int layer = 0;
    for (String name : model.stateDict().keySet()) {
      if (name.endsWith("weight")) {
        state.put(name, Tensor.of(work.weight(layer), LeNet.shape(layer)));
      } else {
        state.put(name, Tensor.of(work.bias(layer++), LeNet.shape(layer - 1)[0]));
      }
    }
    model.loadStateDict(state);
    return model;
  }

  static Tensor images(LeNet work) {
    return Tensor.of(work.x(), LeNet.BATCH, 1, LeNet.SIDE, LeNet.SIDE);
  }
}
