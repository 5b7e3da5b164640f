package dev.gatun.nn.optim;

import dev.gatun.tensor.Tensor;
import java.util.List;

/// The optimizers of the golden trajectories, by the names of the cases.
final class OptimizerRows {
  private OptimizerRows() {}

  static Optimizer make(String name, List<Tensor> p) {
    String type = name.contains("-") ? name.substring(0, name.indexOf('-')) : name;
    return switch (type) {
      case "NAdam" -> new NAdam(p, nadam(name));
      case "RAdam" -> new RAdam(p, radam(name));
      case "Adamax" -> new Adamax(p, adamax(name));
      case "Adagrad" -> new Adagrad(p, adagrad(name));
      case "Adadelta" -> new Adadelta(p, adadelta(name));
      case "RMSprop" -> new RMSprop(p, rmsprop(name));
      case "Rprop" -> new Rprop(p, rprop(name));
      case "ASGD" -> new ASGD(p, asgd(name));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static NAdam.Options nadam(String name) {
    NAdam.Options options = NAdam.Options.of();
    return switch (name) {
      case "NAdam" -> options;
      case "NAdam-lr" -> options.lr(0.1);
      case "NAdam-betas" -> options.lr(0.1).betas(0.8, 0.95);
      case "NAdam-eps" -> options.lr(0.1).eps(0.01);
      case "NAdam-weightDecay" -> options.lr(0.1).weightDecay(0.1);
      case "NAdam-momentumDecay" -> options.lr(0.1).momentumDecay(0.05);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static RAdam.Options radam(String name) {
    RAdam.Options options = RAdam.Options.of();
    return switch (name) {
      case "RAdam" -> options;
      case "RAdam-lr" -> options.lr(0.1);
      case "RAdam-betas" -> options.lr(0.1).betas(0.8, 0.95);
      case "RAdam-eps" -> options.lr(0.1).eps(0.01);
      case "RAdam-weightDecay" -> options.lr(0.1).weightDecay(0.1);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Adamax.Options adamax(String name) {
    Adamax.Options options = Adamax.Options.of();
    return switch (name) {
      case "Adamax" -> options;
      case "Adamax-lr" -> options.lr(0.1);
      case "Adamax-betas" -> options.lr(0.1).betas(0.8, 0.95);
      case "Adamax-eps" -> options.lr(0.1).eps(0.01);
      case "Adamax-weightDecay" -> options.lr(0.1).weightDecay(0.1);
      case "Adamax-maximize" -> options.lr(0.1).maximize(true);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Adagrad.Options adagrad(String name) {
    Adagrad.Options options = Adagrad.Options.of();
    return switch (name) {
      case "Adagrad" -> options;
      case "Adagrad-lr" -> options.lr(0.5);
      case "Adagrad-lrDecay" -> options.lr(0.5).lrDecay(0.1);
      case "Adagrad-weightDecay" -> options.lr(0.5).weightDecay(0.1);
      case "Adagrad-initial" -> options.lr(0.5).initialAccumulatorValue(0.3);
      case "Adagrad-eps" -> options.lr(0.5).eps(0.01);
      case "Adagrad-maximize" -> options.lr(0.5).maximize(true);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Adadelta.Options adadelta(String name) {
    Adadelta.Options options = Adadelta.Options.of();
    return switch (name) {
      case "Adadelta" -> options;
      case "Adadelta-lr" -> options.lr(0.5);
      case "Adadelta-rho" -> options.rho(0.7);
      case "Adadelta-eps" -> options.eps(0.001);
      case "Adadelta-weightDecay" -> options.weightDecay(0.1);
      case "Adadelta-maximize" -> options.maximize(true);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static RMSprop.Options rmsprop(String name) {
    RMSprop.Options options = RMSprop.Options.of();
    return switch (name) {
      case "RMSprop" -> options;
      case "RMSprop-alpha" -> options.alpha(0.9);
      case "RMSprop-eps" -> options.eps(0.01);
      case "RMSprop-weightDecay" -> options.weightDecay(0.1);
      case "RMSprop-momentum" -> options.momentum(0.9);
      case "RMSprop-centered" -> options.centered(true);
      case "RMSprop-centered-momentum" -> options.lr(0.02).momentum(0.5).centered(true);
      case "RMSprop-maximize" -> options.maximize(true);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Rprop.Options rprop(String name) {
    Rprop.Options options = Rprop.Options.of();
    return switch (name) {
      case "Rprop" -> options;
      case "Rprop-lr" -> options.lr(0.1);
      case "Rprop-etas" -> options.lr(0.1).etas(0.3, 1.5);
      case "Rprop-stepSizes" -> options.lr(0.1).stepSizes(0.01, 0.2);
      case "Rprop-maximize" -> options.lr(0.1).maximize(true);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static ASGD.Options asgd(String name) {
    ASGD.Options options = ASGD.Options.of();
    return switch (name) {
      case "ASGD" -> options;
      case "ASGD-lambd" -> options.lr(0.05).lambd(0.01);
      case "ASGD-alpha" -> options.lr(0.05).lambd(0.01).alpha(0.5);
      case "ASGD-t0" -> options.lr(0.05).t0(5);
      case "ASGD-weightDecay" -> options.lr(0.05).weightDecay(0.1);
      case "ASGD-maximize" -> options.lr(0.05).maximize(true);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
