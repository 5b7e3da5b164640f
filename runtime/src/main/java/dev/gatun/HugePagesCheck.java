package dev.gatun;

/// How large the pages are that native memory comes in. Fewer, larger ones can cost less when
/// memory is first used, and much more where the system has to look for them: on a virtual machine
/// whose memory was fragmented, filling 256 MiB took five times as long. So this only tells.
final class HugePagesCheck {
  private static final String ASKS = "glibc.malloc.hugetlb=1";

  private HugePagesCheck() {}

  static Finding of(SystemFiles files, String tunables) {
    String modes =
        SystemFiles.line(files.root().resolve("sys/kernel/mm/transparent_hugepage/enabled"));
    return Finding.ok(Subject.HUGE_PAGES, says(modes, tunables.contains(ASKS)));
  }

  private static String says(String modes, boolean asked) {
    if (modes.isEmpty()) {
      return "not told by this system";
    }
    if (modes.contains("[always]")) {
      return "always";
    }
    if (modes.contains("[never]")) {
      return "never";
    }
    return asked
        ? "madvise, asked for by " + ASKS
        : "madvise; GLIBC_TUNABLES=%s would ask for them: measure it".formatted(ASKS);
  }
}
