package dev.gatun.bench.peers.nd4j;

import dev.gatun.bench.compare.Network;
import dev.gatun.bench.compare.Training;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/// DL4J's networks.
final class Networks {
  private Networks() {}

  /// Gives the last layer's sums, not probabilities.
  static MultiLayerNetwork forInference(Network network) {
    return network(network, new Sgd(0), Activation.IDENTITY, LossFunction.MSE);
  }

  static MultiLayerNetwork forTraining(Network network, Training how) {
    IUpdater updater =
        how.adam()
            ? new Adam(how.lr(), Training.BETA1, Training.BETA2, Training.EPSILON)
            : new Sgd(how.lr());
    return network(network, updater, Activation.SOFTMAX, LossFunction.MCXENT);
  }

  private static MultiLayerNetwork network(
      Network network, IUpdater updater, Activation last, LossFunction loss) {
    List<Network.Layer> layers = network.layers();
    var list = new NeuralNetConfiguration.Builder().updater(updater).list();
    for (int i = 0; i < layers.size(); i++) {
      Network.Layer layer = layers.get(i);
      list.layer(
          i == layers.size() - 1
              ? new OutputLayer.Builder(loss)
                  .nIn(layer.in())
                  .nOut(layer.out())
                  .activation(last)
                  .build()
              : new DenseLayer.Builder()
                  .nIn(layer.in())
                  .nOut(layer.out())
                  .activation(Activation.RELU)
                  .build());
    }
    MultiLayerNetwork model = new MultiLayerNetwork(list.build());
    model.init();
    for (int i = 0; i < layers.size(); i++) {
      Network.Layer layer = layers.get(i);
      model.setParam(i + "_W", Nd4jPeer.array(layer.transposed(), layer.in(), layer.out()));
      model.setParam(i + "_b", Nd4jPeer.array(layer.bias(), 1, layer.out()));
    }
    return model;
  }
}
