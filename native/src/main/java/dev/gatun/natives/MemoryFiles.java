package dev.gatun.natives;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Bundled files in anonymous memory, for Linux where no folder can be written or executed from.
final class MemoryFiles {
  private static final int CLOSE_ON_EXEC = 1;

  private MemoryFiles() {}

  /// The paths of the files, in their order. Their descriptors stay open for good: a number that is
  /// used again would make the dynamic linker take the new file for the old one.
  static List<Path> unpack(List<BundledFile> files) throws IOException {
    List<Path> paths = new ArrayList<>();
    for (BundledFile file : files) {
      Path path = Path.of("/proc/self/fd/" + create(file.name()));
      try (InputStream in = file.open();
          OutputStream out = new FileOutputStream(path.toFile())) {
        in.transferTo(out);
      }
      paths.add(path);
    }
    return paths;
  }

  @SuppressWarnings("restricted")
  private static int create(String name) throws IOException {
    Linker linker = Linker.nativeLinker();
    MemorySegment address =
        linker
            .defaultLookup()
            .find("memfd_create")
            .orElseThrow(() -> new IOException("this system has no memfd_create"));
    MethodHandle handle =
        linker.downcallHandle(
            address,
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    int descriptor;
    try (Arena arena = Arena.ofConfined()) {
      descriptor = (int) handle.invokeExact(arena.allocateFrom(name), CLOSE_ON_EXEC);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // a downcall throws nothing that is checked
    }
    if (descriptor < 0) {
      throw new IOException("memfd_create is refused");
    }
    return descriptor;
  }
}
