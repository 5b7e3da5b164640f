package dev.gatun.demo.tutorial;

import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What PyTorch computed for one chapter: lines such as `in X f32 [2,20] 0.25 …` by `in X`.
record GoldenCase(Map<String, String[]> lines) {

  static GoldenCase read(String name) throws IOException {
    return read("tutorial.txt", name);
  }

  static GoldenCase read(String from, String name) throws IOException {
    List<String> file = Files.readAllLines(path(from));
    int start = file.indexOf("case " + name);
    if (start < 0) {
      throw new IllegalArgumentException(from + " has no case " + name);
    }
    Map<String, String[]> lines = new HashMap<>();
    for (String line : file.subList(start + 1, file.size())) {
      if (line.startsWith("case ")) {
        break;
      }
      String[] words = line.split(" ");
      if (words.length > 3 && !line.startsWith("#")) {
        lines.put(words[0] + " " + words[1], words);
      }
    }
    return new GoldenCase(lines);
  }

  static Path path(String file) {
    URL url = GoldenCase.class.getResource("/golden/" + file);
    if (url == null) {
      throw new IllegalArgumentException("there is no /golden/" + file);
    }
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  float[] values(String key) {
    String[] words = words(key);
    float[] values = new float[words.length - 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(words[i + 4]);
    }
    return values;
  }

  /// {@return the input as a tensor of the current scope}
  Tensor input() {
    return Tensor.of(values("in X"), shape("in X"));
  }

  long[] shape(String key) {
    String sizes = words(key)[3].replaceAll("[\\[\\]]", "");
    return sizes.isEmpty()
        ? new long[0]
        : Arrays.stream(sizes.split(",")).mapToLong(Long::parseLong).toArray();
  }

  private String[] words(String key) {
    String[] words = lines.get(key);
    if (words == null) {
      throw new IllegalArgumentException("no line '%s' (has %s)".formatted(key, lines.keySet()));
    }
    return words;
  }
}
