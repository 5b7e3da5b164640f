package dev.gatun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.natives.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountTest {
  @TempDir Path root;

  @BeforeEach
  void mounts() throws IOException {
    Path file = root.resolve("proc/self/mountinfo");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
        30 27 0:27 / /tmp rw,nosuid,noexec master:2 shared:4 - tmpfs tmpfs rw,size=9
        31 27 0:28 / /data ro,relatime - xfs /dev/vdb rw
        32 27 0:29 / /a\\040b rw - tmpfs tmpfs ro
        33 27 0:30 / /data rw - tmpfs tmpfs rw
        broken line
        """);
  }

  private Mount of(String path) {
    return Mount.of(Path.of(path), new SystemFiles(root));
  }

  @Test
  void findsTheInnermostMount() {
    assertEquals("/", of("/home/cache").point());
    assertEquals("/", of("/tmpfoo").point());
    assertEquals("/tmp", of("/tmp/x").point());
    assertEquals("tmpfs", of("/tmp").type());
    assertTrue(of("/tmp/x").forbidsExecution());
    assertFalse(of("/tmp/x").isReadOnly());
  }

  @Test
  void theLastOfTwoOnOnePointCounts() {
    assertFalse(of("/data/x").isReadOnly());
    assertTrue(of("/a b/x").isReadOnly());
  }

  @Test
  void knowsNothingWithoutTheFile() {
    Mount mount = Mount.of(Path.of("/x"), new SystemFiles(root.resolve("none")));
    assertEquals("", mount.type());
    assertFalse(mount.isReadOnly() || mount.forbidsExecution());
  }

  @Test
  void tellsWhyNothingIsUnpacked() throws IOException {
    SystemFiles files = new SystemFiles(root);
    assertEquals(
        "cache: /tmp/none/gatun is on /tmp, mounted noexec; each start unpacks the library into"
            + " memory of its own (40 MB); pass -Dgatun.cache=DIR, a folder that can be written"
            + " and executed from",
        CacheCheck.of(Path.of("/tmp/none/gatun"), Origin.MEMFD, files).toString());
    assertEquals(
        "cache: none: this user has no home; pass -Dgatun.cache=DIR, a folder that can be written"
            + " and executed from",
        CacheCheck.of(null, null, files).toString());
    assertEquals(
        "cache: not needed: -Dgatun.openblas names a library",
        CacheCheck.of(null, Origin.EXPLICIT, files).toString());
    SystemFiles none = new SystemFiles(root.resolve("none"));
    Path file = Files.writeString(root.resolve("file"), "");
    assertEquals(Severity.OK, CacheCheck.of(root, null, none).severity());
    assertEquals(
        file + " is no folder: " + file + " is a file", CacheCheck.of(file, null, none).says());
  }
}
