package dev.gatun.demo.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  @TempDir private Path folder;

  @Test
  void runsItsOwnScriptAndLoadsNothing() throws Exception {
    try (Served served = Served.start(folder)) {
      HttpResponse<String> answer = served.get("/");
      assertEquals(200, answer.statusCode());
      assertEquals(
          "text/html; charset=utf-8", answer.headers().firstValue("Content-Type").orElse(""));
      String page = answer.body();
      assertEquals(
          "default-src 'none'; script-src %s; style-src %s; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
              .formatted(hash(page, "script"), hash(page, "style")),
          answer.headers().firstValue("Content-Security-Policy").orElse(""));
      assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
      assertTrue(
          page.contains("data-model=\"small\" data-features=\"6\" data-classes=\"3\""), page);
      assertFalse(page.contains("@MODEL@"), page);
      assertFalse(page.contains("http:") || page.contains("https:") || page.contains("src="), page);
      // What a strict policy would not run.
      assertFalse(page.contains(" style=") || page.contains(" onclick="), page);
    }
  }

  private static String hash(String page, String tag) throws Exception {
    String text = Served.between(page, "<" + tag + ">", "</" + tag + ">");
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }
}
