package dev.gatun;

/// How large the pages are that native memory comes in: a page of 4 KiB costs its first use a
/// microsecond or more, so 512 of them cost what one huge page does.
final class HugePagesCheck {
  private static final String FILE = "sys/kernel/mm/transparent_hugepage/enabled";

  private HugePagesCheck() {}

  static Finding of(SystemFiles files, String tunables) {
    String modes = SystemFiles.line(files.root().resolve(FILE));
    if (modes.isEmpty() || modes.contains("[always]")) {
      String says = modes.isEmpty() ? "not told by this system" : "always";
      return Finding.ok(Subject.HUGE_PAGES, says);
    }
    if (modes.contains("[madvise]")) {
      return tunables.contains("glibc.malloc.hugetlb=1")
          ? Finding.ok(Subject.HUGE_PAGES, "madvise, asked for by glibc.malloc.hugetlb=1")
          : Finding.advice(
              Subject.HUGE_PAGES,
              "madvise, and nothing asks for them: large tensors cost more when they are first used",
              "set GLIBC_TUNABLES=glibc.malloc.hugetlb=1 in the environment");
    }
    return Finding.advice(
        Subject.HUGE_PAGES,
        "never: large tensors cost more when they are first used",
        "as root on the host: echo madvise > /" + FILE);
  }
}
