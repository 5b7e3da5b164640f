package dev.gatun.nn;

import java.util.List;
import java.util.stream.Stream;

/// Every module that is compared with PyTorch, by family and golden file.
final class ModuleCatalog {
  private ModuleCatalog() {}

  /// Modules whose expected values are in one golden file.
  ///
  /// @param file such as `convolution.txt`
  /// @param rows one for each case of the file
  record Family(String file, List<ModuleRow> rows) {}

  static Stream<Family> families() {
    return Stream.of(
        new Family("linear.txt", LinearModules.rows()),
        new Family("embedding.txt", EmbeddingModules.rows()),
        new Family("recurrent.txt", RecurrentModules.rows()),
        new Family("attention.txt", AttentionModules.rows()),
        new Family("transformer.txt", TransformerModules.rows()),
        new Family("activations.txt", ActivationModules.rows()),
        new Family("bilinear.txt", BilinearModules.rows()),
        new Family("convolution.txt", ConvolutionModules.rows()),
        new Family("pooling.txt", PoolingModules.rows()),
        new Family("normalization.txt", NormalizationModules.rows()),
        new Family("vision.txt", VisionModules.rows()),
        new Family("parametrizations.txt", ParametrizationModules.rows()),
        new Family("adaptive.txt", AdaptiveModules.rows()));
  }
}
