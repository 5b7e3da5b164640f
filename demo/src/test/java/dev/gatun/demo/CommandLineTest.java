package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          | gatun: no command given; see gatun --help
          trian | gatun: Unmatched argument at index 0: 'trian'; see gatun --help
          train --lrr 1 | gatun train: Unknown options: '--lrr', '1'; see gatun train --help
          train --epochs x | gatun train: Invalid value for option '--epochs': 'x' is not an int; see gatun train --help
          train --hidden 10,x | gatun train: Invalid value for option '--hidden' (N): 'x' is not an int; see gatun train --help
          train --backend cuda | gatun train: unknown backend 'cuda' (expected auto, openblas, vector or scalar); see gatun train --help
          train --threads 0 | gatun train: --threads must be 1 to 1024, got 0; see gatun train --help
          doctor --threads 0 | gatun doctor: --threads must be 1 to 1024, got 0; see gatun doctor --help
          compare --threads 0 | gatun compare: --threads must be 1 to 1024, got 0; see gatun compare --help
          train --lr | gatun train: Missing required parameter for option '--lr' (RATE); see gatun train --help
          predict --model m | gatun predict: Missing required option: '--input=FILE'; see gatun predict --help
          train --epochs 0 | gatun train: --epochs must be 1 or more, got 0
          train --batch -1 | gatun train: --batch must be 1 or more, got -1
          train --samples 4 | gatun train: --samples must be 5 to 1000000, got 4
          train --hidden 0 | gatun train: --hidden takes sizes of 1 to 65536, got 0
          train --lr 0 | gatun train: --lr must be above 0 and at most 1000, got 0.0
          train --lr NaN | gatun train: --lr must be above 0 and at most 1000, got NaN
          train --momentum 1 | gatun train: --momentum must be 0 or more and below 1, got 1.0
          train --optimizer adam --momentum 0.5 | gatun train: --momentum is for sgd; adam has none
          tutorial 99 | gatun tutorial: there is no chapter 99 (expected 1 to 13)
          train --data /no/such/folder | gatun train: data folder not found: /no/such/folder
          train --out /no/such/folder/m | gatun train: --out is in no existing folder: /no/such/folder/m
          summary | gatun summary: Missing required parameter: 'FILE'; see gatun summary --help
          summary /no/such/model | gatun summary: file not found: /no/such/model
          summary m --batch 0 | gatun summary: --batch must be 1 or more, got 0
          inspect | gatun inspect: Missing required parameter: 'FILE'; see gatun inspect --help
          inspect /no/such/x | gatun inspect: file not found: /no/such/x
          diff a | gatun diff: Missing required parameter: 'B'; see gatun diff --help
          diff /no/such/x b | gatun diff: file not found: /no/such/x
          diff a b --rtol -1 | gatun diff: --rtol and --atol must not be negative, got -1.0 and 1.0E-5
          predict --model m --input /no/such/x | gatun predict: file not found: /no/such/x
          serve | gatun serve: Missing required option: '--model=FILE'; see gatun serve --help
          serve --model /no/such/model | gatun serve: file not found: /no/such/model
          serve --model m --port 70000 | gatun serve: --port must be 0 to 65535, got 70000
          serve --model m --batch -1 | gatun serve: --batch must be 0 to 4096, got -1
          serve --model m --name a/b | gatun serve: model name must be letters, digits, '.', '_' and '-', got 'a/b'
          load --model m --url ftp://x | gatun load: --url must begin with http:// and a host, got ftp://x
          load --model m --connections 0 | gatun load: --connections must be 1 to 10000, got 0
          load --model m --seconds NaN | gatun load: --seconds must be 0.01 to 86400, got NaN
          """)
  void refusesBadInputInOneLine(String arguments, String message) {
    Object[] args = arguments == null ? new Object[0] : arguments.split(" ");
    assertEquals(message, Cli.refusal(args));
  }

  @Test
  void showsTheStackTraceWhenAsked() {
    Cli result = Cli.run("train", "--data", "/no/such/folder", "--verbose");
    assertEquals(2, result.status());
    assertTrue(result.err().startsWith("gatun train: data folder not found"), result.err());
    assertTrue(result.err().contains("\tat dev.gatun.demo"), result.err());
  }

  @Test
  void tellsAFolderFromAFile() throws IOException {
    Path model = Files.writeString(folder.resolve("model"), "");
    assertEquals(
        "gatun predict: input is a folder: " + folder,
        Cli.refusal("predict", "--model", model, "--input", folder));
    assertEquals(
        "gatun train: --out is a folder: " + folder, Cli.refusal("train", "--out", folder));
    assertEquals(
        "gatun train: data is not a folder: " + model, Cli.refusal("train", "--data", model));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "info",
        "doctor",
        "train",
        "predict",
        "serve",
        "load",
        "summary",
        "inspect",
        "diff",
        "compare",
        "tutorial"
      })
  void explainsEveryCommand(String command) {
    Cli result = command.isEmpty() ? Cli.run("--help") : Cli.run(command, "--help");
    assertEquals(0, result.status(), result.err());
    assertTrue(result.out().startsWith("Usage: gatun"), result.out());
  }

  @Test
  void saysItsVersion() {
    assertTrue(Cli.lines("--version").getFirst().matches("gatun \\d+\\.\\d+\\.\\d+.*"));
  }
}
