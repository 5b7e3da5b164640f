package dev.gatun.nn;

import java.util.function.Consumer;

/// How a state is loaded into a module.
///
/// @param strict whether missing and unexpected names are errors
/// @param ignoreMisshaped whether tensors of other shapes are passed over; otherwise they are
///   errors
/// @param detectPrefix whether the names of a file may stand behind a prefix (`module.`,
///   `state_dict.model.`) that is found by comparing them with those of the module; what stands
///   outside of it is then ignored
/// @param keys how names in the file become names in the module, behind the prefix
/// @param dtypes what happens where dtypes differ
/// @param dryRun whether only to report, and to change nothing
public record LoadOptions(
    boolean strict,
    boolean ignoreMisshaped,
    boolean detectPrefix,
    KeyMap keys,
    DTypePolicy dtypes,
    boolean dryRun) {

  /// {@return strict, with prefixes detected, names as they are, and dtypes converted}
  public static LoadOptions defaults() {
    return new LoadOptions(true, false, true, KeyMap.identity(), DTypePolicy.CONVERT, false);
  }

  /// Changes [#strict()].
  ///
  /// @param strict the new value
  /// @return new options
  public LoadOptions strict(boolean strict) {
    return with(to -> to.strict = strict);
  }

  /// Changes [#ignoreMisshaped()].
  ///
  /// @param ignoreMisshaped the new value
  /// @return new options
  public LoadOptions ignoreMisshaped(boolean ignoreMisshaped) {
    return with(to -> to.ignoreMisshaped = ignoreMisshaped);
  }

  /// Changes [#detectPrefix()].
  ///
  /// @param detectPrefix the new value
  /// @return new options
  public LoadOptions detectPrefix(boolean detectPrefix) {
    return with(to -> to.detectPrefix = detectPrefix);
  }

  /// Changes [#keys()].
  ///
  /// @param keys the new value
  /// @return new options
  public LoadOptions keys(KeyMap keys) {
    return with(to -> to.keys = keys);
  }

  /// Changes [#dtypes()].
  ///
  /// @param dtypes the new value
  /// @return new options
  public LoadOptions dtypes(DTypePolicy dtypes) {
    return with(to -> to.dtypes = dtypes);
  }

  /// Changes [#dryRun()].
  ///
  /// @param dryRun the new value
  /// @return new options
  public LoadOptions dryRun(boolean dryRun) {
    return with(to -> to.dryRun = dryRun);
  }

  private LoadOptions with(Consumer<Draft> change) {
    Draft to = new Draft();
    change.accept(to);
    return new LoadOptions(
        to.strict, to.ignoreMisshaped, to.detectPrefix, to.keys, to.dtypes, to.dryRun);
  }

  /// These while some of them change.
  private final class Draft {
    private boolean strict = strict();
    private boolean ignoreMisshaped = ignoreMisshaped();
    private boolean detectPrefix = detectPrefix();
    private KeyMap keys = keys();
    private DTypePolicy dtypes = dtypes();
    private boolean dryRun = dryRun();
  }
}
