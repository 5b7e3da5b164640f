package dev.gatun.kernel;

/// How the output of a convolution is cut into tiles of pixels: by the sizes alone. Images with few
/// pixels share a tile, so that a product never has only a few columns.
///
/// @param runs groups of images that are computed together
/// @param perRun images of such a group
/// @param parts tiles of one group of images
/// @param columns pixels of such a tile; fewer in the last one
record ConvTiling(int runs, int perRun, int parts, int columns) {
  /// Bytes of a tile of patches, for the second-level cache.
  private static final long BYTES = 512 << 10;

  /// Columns that pay for reading the weights once more.
  private static final int FEWEST = 128;

  /// Pixels from which an image has tiles of its own.
  private static final int ENOUGH = 48;

  /// @param rows of the tiles
  static ConvTiling of(ConvGeometry s, int rows, int bytes) {
    int most = Math.clamp(BYTES / Math.max(1, (long) rows * bytes), FEWEST, 4096);
    if (s.pixels < ENOUGH && s.images > 1) {
      int perRun = (int) Math.min(s.images, Math.max(1, most / Math.max(1, s.pixels)));
      int runs = Math.toIntExact(Math.ceilDiv(s.images, (long) perRun));
      return new ConvTiling(runs, perRun, 1, s.pixels);
    }
    int images = Math.toIntExact(s.images);
    if (s.isPointwise()) {
      return new ConvTiling(images, 1, 1, s.pixels);
    }
    int parts = Math.ceilDiv(s.pixels, most);
    int columns = Math.ceilDiv(Math.ceilDiv(s.pixels, parts), 16) * 16;
    return new ConvTiling(images, 1, Math.ceilDiv(s.pixels, columns), columns);
  }

  int tiles() {
    return Math.multiplyExact(runs, parts);
  }

  long firstImage(int tile) {
    return (long) (tile / parts) * perRun;
  }

  /// How many images a tile has.
  int images(ConvGeometry s, int tile) {
    return (int) Math.min(perRun, s.images - firstImage(tile));
  }

  int firstPixel(int tile) {
    return tile % parts * columns;
  }

  int lastPixel(ConvGeometry s, int tile) {
    return Math.min(s.pixels, firstPixel(tile) + columns);
  }
}
