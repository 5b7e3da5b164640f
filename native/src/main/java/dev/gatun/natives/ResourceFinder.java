package dev.gatun.natives;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds a resource where this class was loaded from or, because nothing requires the module of a
/// platform's jar and it is therefore not resolved, on the module path.
final class ResourceFinder implements Function<String, @Nullable URL> {
  private final String moduleName;

  ResourceFinder(Platform platform) {
    moduleName = "org.bytedeco.openblas." + platform.name().replace('-', '.');
  }

  @Override
  public @Nullable URL apply(String name) {
    ClassLoader loader = ResourceFinder.class.getClassLoader();
    URL found = loader == null ? ClassLoader.getSystemResource(name) : loader.getResource(name);
    if (found != null) {
      return found;
    }
    String modulePath = System.getProperty("jdk.module.path", "");
    return modulePath.isEmpty() ? null : onModulePath(modulePath, name);
  }

  private @Nullable URL onModulePath(String modulePath, String name) {
    Path[] entries =
        Arrays.stream(modulePath.split(File.pathSeparator, -1)).map(Path::of).toArray(Path[]::new);
    try {
      Optional<ModuleReference> module = ModuleFinder.of(entries).find(moduleName);
      if (module.isEmpty()) {
        return null;
      }
      try (ModuleReader reader = module.get().open()) {
        Optional<URI> uri = reader.find(name);
        return uri.isPresent() ? uri.get().toURL() : null;
      }
    } catch (FindException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
