package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.demo.serve.GatunEngine;
import dev.gatun.demo.serve.InferenceServer;
import dev.gatun.demo.serve.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A person draws digits; `ci/browser` runs this.
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageInChromiumTest {
  private static final String MOUSE =
      "\"type\": \"pointer\", \"id\": \"mouse\", \"parameters\": {\"pointerType\": \"mouse\"}";
  private static final String FINGER =
      "\"type\": \"pointer\", \"id\": \"finger\", \"parameters\": {\"pointerType\": \"touch\"}";
  private static final String KEYS = "\"type\": \"key\", \"id\": \"keys\"";

  /// Arrow down, as WebDriver writes it.
  private static final char DOWN = '\uE015';

  @TempDir private static Path folder;

  private InferenceServer server;
  private Browser browser;
  private double left;
  private double top;
  private double side;

  @BeforeAll
  void start() throws Exception {
    Path model = folder.resolve("digits.safetensors");
    List<String> _ =
        Cli.lines("train", "--samples", 4000, "--epochs", 6, "--hidden", "64", "--out", model);
    server =
        InferenceServer.start(
            new ServerOptions(
                model,
                "digits",
                "127.0.0.1",
                0,
                ServerOptions.Batching.DEFAULT,
                ServerOptions.Bounds.DEFAULT,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofSeconds(5)),
            GatunEngine::load,
            _ -> {});
    browser = new Browser(folder.resolve("profile"));
    browser.open("http://127.0.0.1:" + server.port() + "/");
    left = box("left");
    top = box("top");
    side = box("width");
  }

  @AfterAll
  void stop() throws Exception {
    try {
      String console = browser.console();
      assertTrue(console.contains("\"value\":[]"), console);
    } finally {
      browser.close();
      server.close();
    }
  }

  private double box(String what) throws Exception {
    return Double.parseDouble(
        browser.run(
            "return String(document.getElementById('paper').getBoundingClientRect()."
                + what
                + ")"));
  }

  private String text(String id) throws Exception {
    return browser.run("return document.getElementById('%s').textContent".formatted(id));
  }

  private void clear() throws Exception {
    String _ = browser.run("document.getElementById('clear').click(); return ''");
    await("digit", "");
  }

  private void await(String id, String expected) throws Exception {
    long start = System.nanoTime();
    while (!text(id).equals(expected) && System.nanoTime() - start < 5e9) {
      Thread.sleep(20);
    }
    assertEquals(expected, text(id), id);
  }

  /// A move to a point of the paper, whose sides are 1 long.
  private String move(double x, double y) {
    return "{\"type\": \"pointerMove\", \"duration\": 15, \"x\": %d, \"y\": %d}"
        .formatted(Math.round(left + x * side), Math.round(top + y * side));
  }

  private static String press(String type) {
    return "{\"type\": \"pointer%s\", \"button\": 0}".formatted(type);
  }

  @Test
  void readsAStrokeOfTheMouse() throws Exception {
    clear();
    browser.act(MOUSE, String.join(",", move(.5, .2), press("Down"), move(.5, .5), move(.5, .8)));
    await("digit", "1");
    browser.act(MOUSE, press("Up"));
    long start = System.nanoTime();
    while (!text("spoken").startsWith("Looks like 1, ") && System.nanoTime() - start < 5e9) {
      Thread.sleep(20);
    }
    assertTrue(text("spoken").startsWith("Looks like 1, "), text("spoken"));
    assertTrue(text("note").startsWith("digits, version 1: "), text("note"));
  }

  @Test
  void changesItsMindWhileTheStrokeGoesOn() throws Exception {
    clear();
    String _ =
        browser.run(
            "window.told = [];"
                + "const digit = document.getElementById('digit');"
                + "new MutationObserver(() => told.push(digit.textContent))"
                + ".observe(digit, { childList: true });"
                + "addEventListener('pointerup', () => told.push('up'), { once: true });"
                + "return ''");
    List<String> actions = new ArrayList<>(List.of(move(.5, .2), press("Down")));
    for (int i = 1; i <= 30; i++) {
      double angle = 2 * Math.PI * i / 30;
      actions.add(move(.5 - .22 * Math.sin(angle), .5 - .3 * Math.cos(angle)));
    }
    actions.add("{\"type\": \"pause\", \"duration\": 300}");
    actions.add(press("Up"));
    browser.act(MOUSE, String.join(",", actions));
    List<String> told = List.of(browser.run("return told.join(' ')").split(" ", -1));
    List<String> meanwhile = told.subList(0, told.indexOf("up"));
    assertEquals("0", meanwhile.getLast(), told.toString());
    assertTrue(Set.copyOf(meanwhile).size() > 1, told.toString());
    browser.screenshot(Path.of("target", "page.png"));
  }

  @Test
  void readsAFinger() throws Exception {
    clear();
    browser.act(
        FINGER,
        String.join(",", move(.5, .2), press("Down"), move(.5, .5), move(.5, .8), press("Up")));
    await("digit", "1");
  }

  @Test
  void readsTheKeyboard() throws Exception {
    clear();
    String _ = browser.run("document.getElementById('paper').focus(); return ''");
    StringBuilder keys = new StringBuilder(key(' '));
    for (int i = 0; i < 20; i++) {
      keys.append(',').append(key(DOWN));
    }
    browser.act(KEYS, keys.append(',').append(key(' ')).toString());
    await("digit", "1");
  }

  private static String key(char key) {
    return "{\"type\": \"keyDown\", \"value\": \"%c\"}, {\"type\": \"keyUp\", \"value\": \"%c\"}"
        .formatted(key, key);
  }
}
