package dev.gatun.demo.inspect;

/// A layer in a skeleton.
///
/// @param type its class, such as `Linear`
/// @param code that makes one, such as `new Linear(2, 3)`
/// @param note what could not be told from the file, empty when all was clear
record Layer(String type, String code, String note) {
  static Layer sure(String type, String arguments) {
    return new Layer(type, "new %s(%s)".formatted(type, arguments), "");
  }

  static Layer guess(String type, String arguments, String note) {
    return new Layer(type, "new %s(%s)".formatted(type, arguments), note);
  }
}
