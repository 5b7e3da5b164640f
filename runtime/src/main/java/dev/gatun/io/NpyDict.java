package dev.gatun.io;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the dict of an npy header: exactly the keys `descr`, `fortran_order` and `shape`.
final class NpyDict {
  private final String where;
  private final String text;
  private int at;
  private @Nullable String descr;
  private @Nullable Boolean fortran;
  private @Nullable List<Long> shape;

  NpyDict(String where, String text) {
    this.where = where;
    this.text = text;
  }

  NpyDict parse() throws TensorFormatException {
    expect('{');
    while (!accept('}')) {
      String key = string();
      expect(':');
      value(key);
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    skipSpace();
    if (at < text.length()) {
      throw unexpected("the end");
    }
    return this;
  }

  String descr() throws TensorFormatException {
    return present("descr", descr);
  }

  boolean fortran() throws TensorFormatException {
    return present("fortran_order", fortran);
  }

  List<Long> shape() throws TensorFormatException {
    return List.copyOf(present("shape", shape));
  }

  private <T> T present(String key, @Nullable T value) throws TensorFormatException {
    if (value == null) {
      throw NpyHeader.error(where, "header has no '" + key + "'");
    }
    return value;
  }

  private void value(String key) throws TensorFormatException {
    boolean known = false;
    boolean twice = false;
    switch (key) {
      case "descr" -> {
        known = true;
        twice = descr != null;
        skipSpace();
        if (at < text.length() && text.charAt(at) == '[') {
          throw NpyHeader.error(where, "structured dtypes are not supported; save one field");
        }
        descr = string();
      }
      case "fortran_order" -> {
        known = true;
        twice = fortran != null;
        fortran = bool();
      }
      case "shape" -> {
        known = true;
        twice = shape != null;
        shape = tuple();
      }
      default -> {}
    }
    if (twice || !known) {
      throw NpyHeader.error(
          where,
          "header has %s %s".formatted(twice ? "two values of" : "unknown key", Bytes.quote(key)));
    }
  }

  private String string() throws TensorFormatException {
    skipSpace();
    char quote = at < text.length() ? text.charAt(at) : ' ';
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
    if (end < 0) {
      throw unexpected("text in quotes");
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    return value;
  }

  private boolean bool() throws TensorFormatException {
    skipSpace();
    for (String word : List.of("True", "False")) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return word.equals("True");
      }
    }
    throw unexpected("True or False");
  }

  private List<Long> tuple() throws TensorFormatException {
    List<Long> sizes = new ArrayList<>();
    expect('(');
    while (!accept(')')) {
      sizes.add(size());
      if (sizes.size() > Bytes.MAX_DIMS) {
        throw NpyHeader.error(where, "shape has more than %d sizes".formatted(Bytes.MAX_DIMS));
      }
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return sizes;
  }

  private long size() throws TensorFormatException {
    skipSpace();
    int start = at;
    if (at < text.length() && text.charAt(at) == '-') {
      at++;
    }
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    String digits = text.substring(start, at);
    if (digits.isEmpty()) {
      throw unexpected("a size");
    }
    // Python 2 wrote 3L.
    if (at < text.length() && text.charAt(at) == 'L') {
      at++;
    }
    try {
      long size = Long.parseLong(digits);
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      // falls through: as bad as a negative one
    }
    throw NpyHeader.error(where, "shape has a size out of range: " + Bytes.quote(digits));
  }

  private void expect(char c) throws TensorFormatException {
    if (!accept(c)) {
      throw unexpected("'" + c + "'");
    }
  }

  private boolean accept(char c) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private TensorFormatException unexpected(String wanted) {
    return NpyHeader.error(
        where, "header is malformed at character %d: expected %s".formatted(at, wanted));
  }
}
