package dev.gatun.natives;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/// One file of the bundled library, still inside its jar.
///
/// @param name the file's name
/// @param uri where to read it
/// @param size in bytes
/// @param crc the checksum in the jar's directory, or 0 where it is not in a jar
record BundledFile(String name, URI uri, long size, long crc) {

  /// The files of the platform's library, in the order in which they must be loaded.
  static List<BundledFile> find(Settings settings) throws Rejection {
    Platform platform = settings.platform();
    if (platform.bundled().isEmpty()) {
      throw new Rejection(
          "none for " + platform.name(),
          "install OpenBLAS, or name one with -Dgatun.openblas=PATH");
    }
    List<BundledFile> files = new ArrayList<>();
    for (String name : platform.bundled()) {
      String resource = "org/bytedeco/openblas/" + platform.name() + "/" + name;
      URL url = settings.resources().apply(resource);
      if (url == null) {
        throw new Rejection(
            "no jar of " + platform.name() + " on the class path or module path",
            "add org.bytedeco:openblas with the classifier " + platform.name());
      }
      files.add(describe(name, URI.create(url.toString())));
    }
    return files;
  }

  /// Differs when any of the files differs, so that two versions never share a folder.
  static String fingerprint(List<BundledFile> files) {
    CRC32 crc = new CRC32();
    for (BundledFile file : files) {
      String line = file.name + " " + file.size + " " + file.crc + "\n";
      crc.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().toHexDigits(crc.getValue(), 8);
  }

  InputStream open() throws IOException {
    return connect(uri).getInputStream();
  }

  private static BundledFile describe(String name, URI uri) throws Rejection {
    try {
      URLConnection connection = connect(uri);
      // What the jar's directory says, without the stream, for which Java would read the manifest.
      if (connection instanceof JarURLConnection inJar) {
        try (JarFile _ = inJar.getJarFile()) {
          ZipEntry entry = inJar.getJarEntry();
          return new BundledFile(name, uri, entry.getSize(), entry.getCrc());
        }
      }
      try (InputStream in = connection.getInputStream()) {
        long size = connection.getContentLengthLong();
        return new BundledFile(
            name, uri, size >= 0 ? size : in.transferTo(OutputStream.nullOutputStream()), 0);
      }
    } catch (IOException e) {
      throw new Rejection("cannot read " + uri + ": " + e, "replace the jar");
    }
  }

  /// Without the cache of the URL handler, which would keep the jar open.
  private static URLConnection connect(URI uri) throws IOException {
    URLConnection connection = uri.toURL().openConnection();
    connection.setUseCaches(false);
    return connection;
  }
}
