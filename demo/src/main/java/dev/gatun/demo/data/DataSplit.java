package dev.gatun.demo.data;

/// What a network learns from, and what it is examined with.
///
/// @param name where the images come from, for people
/// @param train the images to learn from
/// @param test images that are never learned from
public record DataSplit(String name, LabeledImages train, LabeledImages test) {

  /// Splits one set: its first 80 % train, the rest test.
  ///
  /// @param name where the images come from
  /// @param all the whole set
  /// @return the two parts
  public static DataSplit ofWhole(String name, LabeledImages all) {
    int cut = (int) (all.count() * 8L / 10);
    return new DataSplit(name, all.slice(0, cut), all.slice(cut, all.count()));
  }

  /// Keeps the first images only: 80 % of `samples` from the training part, the rest from the
  /// other.
  ///
  /// @param samples how many images to keep in all
  /// @return a split of at most that many images
  public DataSplit limit(int samples) {
    int forTraining = (int) (samples * 8L / 10);
    return new DataSplit(
        name,
        train.slice(0, Math.min(forTraining, train.count())),
        test.slice(0, Math.min(samples - forTraining, test.count())));
  }
}
