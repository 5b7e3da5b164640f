package dev.gatun.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// Files stay below 400 lines and methods below 60, generated bindings excepted.
class SourceSizeTest {
  private static final int FILE_LINES = 400;
  private static final int METHOD_LINES = 60;

  /// Unrolled micro-kernels, as `File.method`: their registers are written out by hand.
  private static final Set<String> MICRO_KERNELS =
      Set.of(
          "F32ConvSums.eightBy1",
          "F32ConvSums.eightBy2",
          "F32ConvTile4.fourBy3",
          "F32ConvTile8.eightBy2",
          "F32ConvTile8.eightBy3",
          "F32Dots.fourByFour",
          "F32Dots.oneBySixteen",
          "F32Strip2.eightBy2",
          "F32Strip2.twelveBy1",
          "F32Strip2.twelveBy2",
          "F32Strip4.fourBy4",
          "F32Strip4.sixBy4",
          "F32Tile.rows14",
          "F64ConvSums.eightBy1",
          "F64ConvSums.eightBy2",
          "F64ConvTile4.fourBy3",
          "F64ConvTile8.eightBy2",
          "F64ConvTile8.eightBy3",
          "F64Dots.fourByFour",
          "F64Dots.oneBySixteen",
          "F64Strip2.eightBy2",
          "F64Strip2.twelveBy1",
          "F64Strip2.twelveBy2",
          "F64Strip4.fourBy4",
          "F64Strip4.sixBy4",
          "F64Tile.rows14");

  private static final Path ROOT = Path.of(System.getProperty("gatun.root")).normalize();

  @Test
  void filesAreShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : sources()) {
      try (Stream<String> lines = Files.lines(file)) {
        long count = lines.count();
        if (count > FILE_LINES) {
          tooLong.add(ROOT.relativize(file) + " has " + count + " lines");
        }
      }
    }
    assertEquals(List.of(), tooLong);
  }

  @Test
  void methodsAreShort() throws IOException {
    Set<String> tooLong = new TreeSet<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources()));
      Trees trees = Trees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        // A table of test cases is long without being hard to read.
        if (unit.getSourceFile().getName().replace('\\', '/').contains("/src/main/")) {
          new LongMethods(trees, unit, tooLong).scan(unit, null);
        }
      }
    }
    assertEquals(MICRO_KERNELS, tooLong);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !ROOT.relativize(file).startsWith(".git"))
              .filter(file -> !contains(file, "target"))
              .filter(file -> !contains(file, "dev/gatun/bindings/openblas"))
              .sorted()
              .toList();
      assertFalse(sources.isEmpty(), "no sources below " + ROOT);
      return sources;
    }
  }

  private static boolean contains(Path file, String folders) {
    return ('/' + ROOT.relativize(file).toString().replace('\\', '/'))
        .contains('/' + folders + '/');
  }

  private static final class LongMethods extends TreeScanner<Void, Void> {
    private final Trees trees;
    private final CompilationUnitTree unit;
    private final Set<String> found;

    LongMethods(Trees trees, CompilationUnitTree unit, Set<String> found) {
      this.trees = trees;
      this.unit = unit;
      this.found = found;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      if (line(end(method)) - line(start(method)) + 1 > METHOD_LINES) {
        String file = Path.of(unit.getSourceFile().getName()).getFileName().toString();
        found.add(file.replace(".java", "") + '.' + method.getName());
      }
      return super.visitMethod(method, null);
    }

    private long start(MethodTree method) {
      return trees.getSourcePositions().getStartPosition(unit, method);
    }

    private long end(MethodTree method) {
      return trees.getSourcePositions().getEndPosition(unit, method);
    }

    private long line(long position) {
      return unit.getLineMap().getLineNumber(position);
    }
  }
}
