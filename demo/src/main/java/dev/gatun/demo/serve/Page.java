package dev.gatun.demo.serve;

import dev.gatun.demo.oip.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The page where a person draws a digit: one file, which loads nothing.
final class Page {
  private final String html;
  private final String policy;

  private Page(String html, String policy) {
    this.html = html;
    this.policy = policy;
  }

  /// Reads the page.
  ///
  /// @return the page
  /// @throws IOException if it is missing from this build
  static Page read() throws IOException {
    try (InputStream in = Page.class.getResourceAsStream("page.html")) {
      if (in == null) {
        throw new IOException("page: page.html is missing from this build");
      }
      String html = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String policy =
          String.join(
              "; ",
              "default-src 'none'",
              "script-src " + hash(html, "script"),
              "style-src " + hash(html, "style"),
              "connect-src 'self'",
              "img-src data:",
              "base-uri 'none'",
              "form-action 'none'",
              "frame-ancestors 'none'");
      return new Page(html, policy);
    }
  }

  /// The page's own script runs, and no other.
  private static String hash(String html, String tag) {
    int from = html.indexOf("<" + tag + ">") + tag.length() + 2;
    String text = html.substring(from, html.indexOf("</" + tag + ">", from));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// {@return the value of its Content-Security-Policy}
  String policy() {
    return policy;
  }

  /// {@return its bytes}
  ///
  /// @param model the model's name; it needs no quoting
  /// @param signature what the model takes and gives
  byte[] html(String model, Signature signature) {
    return html.replace("@MODEL@", model)
        .replace("@FEATURES@", Integer.toString(signature.features()))
        .replace("@CLASSES@", Integer.toString(signature.outputs()))
        .getBytes(StandardCharsets.UTF_8);
  }
}
