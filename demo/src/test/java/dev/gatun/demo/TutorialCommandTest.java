package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TutorialCommandTest {
  @Test
  void runsEveryChapter() {
    List<String> lines = Cli.lines("tutorial");
    assertEquals(
        List.of(
            "1. A network is a stack of layers",
            "2. A block of one's own",
            "3. How Sequential works",
            "4. Forward is ordinary Java",
            "5. Blocks in blocks",
            "6. Reading parameters",
            "7. Initializing parameters",
            "8. Sharing parameters",
            "9. Deferred initialization",
            "10. Layers without parameters",
            "11. Layers with parameters",
            "12. Saving tensors",
            "13. Saving parameters"),
        lines.stream().filter(line -> line.matches("\\d+\\. .*")).toList());
  }

  @Test
  void printsAChapterAsItDoesAmongTheOthers() {
    List<String> all = Cli.lines("tutorial");
    List<String> one = Cli.lines("tutorial", 3);
    int start = all.indexOf(one.getFirst());
    assertEquals(all.subList(start, start + one.size()), one);
  }

  @Test
  void printsNetworksAsPyTorchDoes() {
    String text = String.join("\n", Cli.lines("tutorial", 2));
    assertTrue(
        text.contains(
            """
            MLP(
              (hidden): Linear(in_features=20, out_features=256, bias=True)
              (out): Linear(in_features=256, out_features=10, bias=True)
            )\
            """),
        text);
  }

  @Test
  void showsWhatItSaysAboutParameters() {
    assertTrue(
        Cli.lines("tutorial", 4)
            .containsAll(
                List.of(
                    "linear.weight has a gradient: true",
                    "linear.bias has a gradient: true",
                    "rand_weight has a gradient: false")));
    List<String> initializing = Cli.lines("tutorial", 7);
    assertTrue(
        initializing.stream()
            .anyMatch(line -> line.startsWith("constant: tensor([1., 1., 1., 1.]")),
        initializing.toString());
    assertTrue(
        Cli.lines("tutorial", 8)
            .containsAll(List.of("what is written here is read there: 0.5", "one gradient: true")));
    assertTrue(
        Cli.lines("tutorial", 13)
            .containsAll(List.of("equal before: false", "equal after:  true")));
  }

  @Test
  void showsWhatItSaysAboutLayersOfOnesOwn() {
    assertTrue(
        Cli.lines("tutorial", 9)
            .containsAll(
                List.of(
                    "  (0): LazyLinear(in_features=0, out_features=256, bias=True)",
                    "before: <UninitializedParameter>",
                    "after:  tensor [256,20]",
                    "  (0): Linear(in_features=20, out_features=256, bias=True)",
                    "others: tensor [256,784]")));
    assertTrue(Cli.lines("tutorial", 10).contains("tensor([-2., -1.,  0.,  1.,  2.])"));
    assertTrue(
        Cli.lines("tutorial", 11).contains("[0.weight, 0.bias, 1.weight, 1.bias]"),
        Cli.lines("tutorial", 11).toString());
    List<String> saving = Cli.lines("tutorial", 12);
    assertTrue(
        saving.containsAll(List.of("one:  tensor([0, 1, 2, 3])", "map:  tensor([0., 0., 0., 0.])")),
        saving.toString());
  }
}
