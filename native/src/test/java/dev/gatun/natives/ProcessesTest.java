package dev.gatun.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens in processes of their own, that start with nothing loaded.
class ProcessesTest {
  private static final Platform HERE = Platform.current();

  @TempDir Path temporary;

  private static Process start(Path cache, boolean asModule) throws Exception {
    URL jar =
        new ResourceFinder(HERE)
            .apply("org/bytedeco/openblas/" + HERE.name() + "/" + HERE.bundled().getLast());
    assertNotNull(jar);
    URL jarFile = ((JarURLConnection) jar.openConnection()).getJarFileURL();
    URL tests = ProcessesTest.class.getResource("ProcessesTest.class");
    assertNotNull(tests);
    Path testClasses = Path.of(tests.toURI()).resolve("../../../..").normalize();
    URL classes = OpenBlas.class.getProtectionDomain().getCodeSource().getLocation();

    String ours = Path.of(classes.toURI()).toString();
    String bundle = Path.of(jarFile.toURI()).toString();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx128m");
    command.add("-Dgatun.cache=" + cache);
    if (asModule) {
      command.addAll(
          List.of(
              "--enable-native-access=dev.gatun.natives",
              "--module-path=" + String.join(File.pathSeparator, ours, bundle),
              "--patch-module=dev.gatun.natives=" + testClasses,
              "--module=dev.gatun.natives/" + LoadingProgram.class.getName()));
    } else {
      command.addAll(
          List.of(
              "--enable-native-access=ALL-UNNAMED",
              "--class-path="
                  + String.join(File.pathSeparator, ours, testClasses.toString(), bundle),
              LoadingProgram.class.getName()));
    }
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String finish(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), output);
    return output.strip();
  }

  @Test
  void twoThatStartAtOnceBothLoadTheUnpackedLibrary() throws Exception {
    assumeTrue(!HERE.bundled().isEmpty());
    Process first = start(temporary, false);
    Process second = start(temporary, false);
    assertEquals("bundled", finish(first).lines().toList().getLast());
    assertEquals("bundled", finish(second).lines().toList().getLast());
    try (var found = Files.find(temporary, 9, (path, attributes) -> attributes.isRegularFile())) {
      assertEquals(HERE.bundled().size() + 2, found.count(), "the files, the marker and the lock");
    }
  }

  @Test
  void oneWithoutAFolderLoadsItFromMemory() throws Exception {
    assumeTrue(HERE.isLinux() && !HERE.bundled().isEmpty());
    Path occupied = Files.write(temporary.resolve("occupied"), new byte[1]);
    String output = finish(start(occupied, false));
    assertEquals("bundled, in memory", output.lines().toList().getLast());
  }

  @Test
  void oneOnTheModulePathFindsTheModuleThatNothingRequires() throws Exception {
    assumeTrue(!HERE.bundled().isEmpty());
    assertEquals("bundled", finish(start(temporary, true)).lines().toList().getLast());
  }
}
