package dev.gatun.nn.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/// Cuts a CSV file (RFC 4180) into fields. One buffer holds the field that was read last.
final class CsvScanner {
  /// What ended a field.
  enum End {
    FIELD,
    LINE,
    FILE
  }

  private static final int MAX_FIELD = 1 << 20;

  private final InputStream in;
  private final Path file;
  private final int separator;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;

  private byte[] field = new byte[64];
  private int length;
  private boolean quoted;
  private long line = 1;

  CsvScanner(InputStream in, Path file, char separator) throws IOException {
    this.in = in;
    this.file = file;
    this.separator = separator;
    skipMark();
  }

  /// Some programs put the mark of UTF-8 first.
  private void skipMark() throws IOException {
    limit = in.readNBytes(buffer, 0, 3);
    boolean marked =
        limit == 3
            && buffer[0] == (byte) 0xef
            && buffer[1] == (byte) 0xbb
            && buffer[2] == (byte) 0xbf;
    position = marked ? 3 : 0;
  }

  byte[] bytes() {
    return field;
  }

  int length() {
    return length;
  }

  String text() {
    return new String(field, 0, length, StandardCharsets.UTF_8);
  }

  /// Where the next field begins.
  long line() {
    return line;
  }

  boolean atEnd() throws IOException {
    return peek() < 0;
  }

  /// Whether the last field was nothing at all, not even quotes.
  boolean isBlank() {
    return length == 0 && !quoted;
  }

  End next() throws IOException {
    length = 0;
    quoted = peek() == '"';
    if (quoted) {
      position++;
      quotedField();
    }
    while (true) {
      int c = take();
      if (c == separator) {
        return End.FIELD;
      }
      if (c < 0) {
        return End.FILE;
      }
      if (c == '\n' || (c == '\r' && peek() == '\n')) {
        position += c == '\r' ? 1 : 0;
        line++;
        return End.LINE;
      }
      if (quoted || c == '"') {
        throw bad(quoted ? "text after a closing quote" : "a quote inside of a field");
      }
      append(c);
    }
  }

  private void quotedField() throws IOException {
    long opened = line;
    while (true) {
      int c = take();
      if (c < 0) {
        line = opened;
        throw bad("a quote is never closed");
      }
      if (c == '"') {
        if (peek() != '"') {
          return;
        }
        position++;
      }
      line += c == '\n' ? 1 : 0;
      append(c);
    }
  }

  private IOException bad(String what) {
    return new IOException("Csv: %s: %s (line %d)".formatted(what, file, line));
  }

  private void append(int c) throws IOException {
    if (length == field.length) {
      if (length >= MAX_FIELD) {
        throw bad("a field is longer than " + MAX_FIELD + " bytes");
      }
      field = Arrays.copyOf(field, 2 * length);
    }
    field[length++] = (byte) c;
  }

  private int take() throws IOException {
    int c = peek();
    position += c < 0 ? 0 : 1;
    return c;
  }

  private int peek() throws IOException {
    if (position == limit) {
      limit = Math.max(in.read(buffer), 0);
      position = 0;
    }
    return position == limit ? -1 : buffer[position] & 0xff;
  }
}
