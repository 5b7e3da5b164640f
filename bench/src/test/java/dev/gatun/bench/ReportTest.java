package dev.gatun.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void backendsAreColumns() throws IOException, URISyntaxException {
    URL results = Objects.requireNonNull(ReportTest.class.getResource("results.json"));
    assertEquals(
        """
        A machine; JDK 25.0.3; threads: 2; 1 fork(s), 3 × 1 s after 3 × 1 s of warm-up.

        Time of one operation, ± half of the 99.9 % confidence interval; × is the speed relative \
        to the row's first column.

        | | cblas | vector | scalar |
        |---|---:|---:|---:|
        | matmul n=1000 | 20.0 ms ± 100 µs | 25.0 ms (×0.80) | – |
        | tinyAdd | – | – | 98.8 ns ± 1.23 ns |

        GFLOP/s.

        | | cblas | vector | scalar |
        |---|---:|---:|---:|
        | matmul n=1000 | 100 | 80.0 | – |

        Bytes allocated on the Java heap by one operation.

        | | cblas | vector | scalar |
        |---|---:|---:|---:|
        | matmul n=1000 | – | 322 | – |
        | tinyAdd | – | – | 48 |
        """,
        Report.markdown(Json.read(Path.of(results.toURI())), "A machine"));
  }

  @Test
  void otherFilesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Report.markdown("text", "A machine"));
    assertThrows(NullPointerException.class, () -> Report.markdown(List.of(Map.of()), "A machine"));
  }
}
