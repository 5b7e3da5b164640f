package dev.gatun.nn.serve;

/// Why a request to a [Batcher] has no answer. Such an exception concerns one request alone.
public abstract sealed class BatcherException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private BatcherException(String message, Throwable cause) {
    super(message, cause);
  }

  private BatcherException(String message) {
    super(message);
  }

  /// There was no room in the queue; the request was not taken. A server would answer 503 or 429.
  public static final class QueueFull extends BatcherException {
    private static final long serialVersionUID = 1;

    QueueFull(int capacity) {
      super("batcher: the queue is full (%d requests wait); try again later".formatted(capacity));
    }
  }

  /// The deadline passed first; the row was not computed, or nobody waited for it any longer. A
  /// server would answer 504.
  public static final class Late extends BatcherException {
    private static final long serialVersionUID = 1;

    Late(long nanos, String where) {
      super("batcher: the deadline passed %s (%s)".formatted(where, millis(nanos)));
    }

    private static String millis(long nanos) {
      return "%d.%03d ms".formatted(nanos / 1_000_000, nanos / 1_000 % 1_000);
    }
  }

  /// The batcher was closed before the row was computed. A server would answer 503.
  public static final class Closed extends BatcherException {
    private static final long serialVersionUID = 1;

    Closed() {
      super("batcher: it is closed");
    }
  }

  /// The function threw for this row, also when it was alone; the cause says what. Or the row could
  /// not be read, or the reply not be written, because its arena was closed meanwhile.
  public static final class Failed extends BatcherException {
    private static final long serialVersionUID = 1;

    Failed(Throwable cause) {
      super("batcher: this row failed: " + cause, cause);
    }
  }
}
