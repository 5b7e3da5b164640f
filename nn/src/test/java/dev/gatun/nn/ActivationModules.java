package dev.gatun.nn;

import static dev.gatun.nn.ModuleRow.row;

import dev.gatun.tensor.Generator;
import java.util.List;
import java.util.function.Supplier;

/// Activations as modules.
final class ActivationModules {
  private ActivationModules() {}

  static List<ModuleRow> rows() {
    return List.of(
        plain("ReLU6-module", ReLU6::new),
        plain("LeakyReLU-module", LeakyReLU::new),
        plain("ELU-module", ELU::new),
        plain("SELU-module", SELU::new),
        plain("CELU-module", CELU::new),
        plain("SiLU-module", SiLU::new),
        plain("Mish-module", Mish::new),
        plain("Hardtanh-module", Hardtanh::new),
        plain("Hardswish-module", Hardswish::new),
        plain("Hardshrink-module", Hardshrink::new),
        plain("LogSigmoid-module", LogSigmoid::new),
        plain("Tanhshrink-module", Tanhshrink::new),
        plain("Softsign-module", Softsign::new),
        plain("Softshrink-module", Softshrink::new),
        plain("Hardsigmoid-module", Hardsigmoid::new),
        plain("RReLU-module", () -> new RReLU(0.25, 0.25)),
        plain("LeakyReLU-slope-module", () -> new LeakyReLU(0.2)),
        plain("ELU-alpha-module", () -> new ELU(0.5)),
        plain("CELU-alpha-module", () -> new CELU(2.5)),
        plain("Hardtanh-bounds-module", () -> new Hardtanh(-0.5, 1.25)),
        plain("Hardshrink-lambda-module", () -> new Hardshrink(1.5)),
        plain("Softshrink-lambda-module", () -> new Softshrink(0.25)),
        plain("Threshold-module", () -> new Threshold(0.105, 20)),
        plain("Softmin-module", () -> new Softmin(1)),
        plain("GLU-module", () -> new GLU()),
        plain("GLU-dim-module", () -> new GLU(1)),
        inPlace("ReLU-inplace", () -> new ReLU(true)),
        inPlace("ReLU6-inplace", () -> new ReLU6(true)),
        inPlace("ELU-inplace", () -> new ELU(1, true)),
        inPlace("SELU-inplace", () -> new SELU(true)),
        inPlace("CELU-inplace", () -> new CELU(1, true)),
        inPlace("SiLU-inplace", () -> new SiLU(true)),
        inPlace("Mish-inplace", () -> new Mish(true)),
        inPlace("Hardswish-inplace", () -> new Hardswish(true)),
        inPlace("LeakyReLU-inplace", () -> new LeakyReLU(0.01, true)),
        inPlace("Hardtanh-inplace", () -> new Hardtanh(-1, 1, true)),
        inPlace("Threshold-inplace", () -> new Threshold(0.105, -2, true)),
        plain("RReLU-eval", () -> new RReLU().eval()),
        inPlace("RReLU-inplace", () -> new RReLU(0.1, 0.3, true, Generator.seeded(1)).eval()),
        plain("Softmax2d", Softmax2d::new),
        plain("Softmax2d-3d", Softmax2d::new),
        row("PReLU", dtype -> new PReLU(1, 0.25, dtype)),
        row("PReLU-channels", dtype -> new PReLU(3, 0.1, dtype)),
        row("PReLU-empty", dtype -> new PReLU(3, 0.25, dtype)));
  }

  private static ModuleRow plain(String name, Supplier<Module> make) {
    return row(name, _ -> make.get());
  }

  /// On a copy of the input, since a leaf cannot be overwritten.
  private static ModuleRow inPlace(String name, Supplier<Module> make) {
    return row(name, _ -> make.get(), (m, in) -> List.of(m.forward(in.get("x").add(0))));
  }
}
