package dev.gatun.demo.oip;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/// Fields of JSON objects that have to be of a certain kind.
final class Fields {
  private Fields() {}

  static String text(JsonParser json, String name) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw Refusal.of("%s is no string", name);
    }
    return json.getText();
  }

  static boolean flag(JsonParser json, String name) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case null, default -> throw Refusal.of("%s is neither true nor false", name);
    };
  }
}
