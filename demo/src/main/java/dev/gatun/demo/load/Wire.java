package dev.gatun.demo.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// One kept connection that sends the same bytes again and again: what is timed is the server, and
/// as little of the client as can be.
final class Wire implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int MAX_HEAD = 16 << 10;
  private static final String LENGTH = "\r\ncontent-length:";

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;
  private byte[] buffer = new byte[MAX_HEAD];
  private int filled;

  /// Connects.
  ///
  /// @param address of the server
  /// @throws IOException if nobody answers there
  Wire(InetSocketAddress address) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(address, TIMEOUT_MILLIS);
      in = socket.getInputStream();
      out = socket.getOutputStream();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /// Sends a request and reads the whole answer.
  ///
  /// @param request head and body, as they go over the wire
  /// @return the status of the answer
  /// @throws IOException if the connection broke
  int exchange(byte[] request) throws IOException {
    out.write(request);
    filled = 0;
    int head = readHead();
    String text = new String(buffer, 0, head, StandardCharsets.ISO_8859_1);
    int end = head + bodyLength(text);
    if (end > buffer.length) {
      buffer = Arrays.copyOf(buffer, end);
    }
    while (filled < end) {
      fill(end);
    }
    return Integer.parseInt(text.substring(9, 12));
  }

  private int readHead() throws IOException {
    int scanned = 0;
    while (true) {
      if (filled == MAX_HEAD) {
        throw new IOException("answer has a head of more than %d bytes".formatted(MAX_HEAD));
      }
      fill(MAX_HEAD);
      for (; scanned + 3 < filled; scanned++) {
        if (buffer[scanned] == '\r'
            && buffer[scanned + 1] == '\n'
            && buffer[scanned + 2] == '\r'
            && buffer[scanned + 3] == '\n') {
          return scanned + 4;
        }
      }
    }
  }

  private void fill(int limit) throws IOException {
    int read = in.read(buffer, filled, limit - filled);
    if (read < 0) {
      throw new EOFException("server closed the connection");
    }
    filled += read;
  }

  private static int bodyLength(String head) throws IOException {
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf(LENGTH);
    if (!lower.startsWith("http/1.1 ") || at < 0) {
      throw new IOException("answer is not HTTP/1.1 with a Content-Length");
    }
    int from = at + LENGTH.length();
    return Integer.parseInt(lower.substring(from, lower.indexOf('\r', from)).strip());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
