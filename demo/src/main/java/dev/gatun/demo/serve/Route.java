package dev.gatun.demo.serve;

import java.util.List;
import java.util.Set;

/// The addresses that the server knows.
enum Route {
  PAGE("/", "GET", "HEAD"),
  METRICS("/metrics", "GET", "HEAD"),
  SERVER("/v2", "GET", "HEAD"),
  LIVE("/v2/health/live", "GET", "HEAD"),
  READY("/v2/health/ready", "GET", "HEAD"),
  MODEL("/v2/models/{name}", "GET", "HEAD"),
  MODEL_READY("/v2/models/{name}/ready", "GET", "HEAD"),
  INFER("/v2/models/{name}/infer", "POST"),
  /// None of them.
  UNKNOWN("UNKNOWN");

  static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");

  private static final String MODELS = "/v2/models/";

  private final String pattern;
  private final List<String> methods;

  Route(String pattern, String... methods) {
    this.pattern = pattern;
    this.methods = List.of(methods);
  }

  /// {@return the address, with `{name}` for a model's name}
  String pattern() {
    return pattern;
  }

  /// {@return the methods that it knows}
  List<String> methods() {
    return methods;
  }

  /// Finds the route of a path.
  ///
  /// @param path decoded, without the query
  /// @return the route, [#UNKNOWN] if there is none
  static Route of(String path) {
    return switch (path) {
      case "/" -> PAGE;
      case "/metrics" -> METRICS;
      case "/v2", "/v2/" -> SERVER;
      case "/v2/health/live" -> LIVE;
      case "/v2/health/ready" -> READY;
      default -> path.startsWith(MODELS) ? ofModel(path) : UNKNOWN;
    };
  }

  private static Route ofModel(String path) {
    String name = model(path);
    return switch (path.substring(MODELS.length() + name.length())) {
      case "" -> name.isEmpty() ? UNKNOWN : MODEL;
      case "/ready" -> MODEL_READY;
      case "/infer" -> INFER;
      default -> UNKNOWN;
    };
  }

  /// {@return the model's name in a path of a model's routes}
  ///
  /// @param path that is of such a route
  static String model(String path) {
    int end = path.indexOf('/', MODELS.length());
    return path.substring(MODELS.length(), end < 0 ? path.length() : end);
  }
}
