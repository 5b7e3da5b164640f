package dev.gatun.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("MustBeClosedChecker")
class CsvTest {
  private static final CsvOptions F64 = CsvOptions.standard().dtype(DType.F64);

  @TempDir private Path folder;
  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  private void assertValues(double[] expected, String text, CsvOptions options) throws IOException {
    assertArrayEquals(expected, Csv.read(file(text), options).values().toDoubleArray());
  }

  private void assertRefused(String message, String text, CsvOptions options) throws IOException {
    Path file = file(text);
    long before = scope.bytes();
    IOException e = assertThrows(IOException.class, () -> Csv.read(file, options));
    assertEquals(message.replace("FILE", file.toString()), e.getMessage());
    assertEquals(before, scope.bytes());
  }

  @Test
  void readsNamesAndValues() throws IOException {
    CsvTable table = Csv.read(file("height,weight\n1.5,2\r\n-3,4e2\n"));
    assertEquals(List.of("height", "weight"), table.columns());
    assertEquals(DType.F32, table.values().dtype());
    assertArrayEquals(new long[] {2, 2}, table.values().shape());
    assertArrayEquals(new float[] {1.5f, 2, -3, 400}, table.values().toFloatArray());
  }

  @Test
  void readsQuotesMarksAndOtherSeparators() throws IOException {
    CsvTable table = Csv.read(file("\ufeff\"a,\"\"b\"\"\nc\",d\n\"1\", 2 "), F64);
    assertEquals(List.of("a,\"b\"\nc", "d"), table.columns());
    assertArrayEquals(new double[] {1, 2}, table.values().toDoubleArray());
    assertValues(new double[] {1, 2, 3, 4}, "a;b\n1;2\n3;4", F64.separator(';'));
    assertValues(new double[] {1, 2, 3, 4}, "1\t2\n3\t4\n", F64.separator('\t').header(false));
  }

  @Test
  void readsTheColumnsThatAreWanted() throws IOException {
    String text = "name,x,y\nBob,1,2\n\"Eve, the second\",3,4\n";
    assertValues(new double[] {2, 1, 4, 3}, text, F64.columns("y", "x"));
    assertValues(new double[] {2, 4}, "Bob,1,2\nEve,3,4\n", F64.header(false).columns("2"));
  }

  @Test
  void readsEveryWayToWriteANumber() throws IOException {
    String[] numbers = {
      "0",
      "-0",
      "+7",
      ".5",
      "5.",
      "1e-3",
      "1E+300",
      "0.1",
      "123456789012345678",
      "9007199254740993",
      "0.000000000000000012",
      "1e400",
      "-1e400",
      "3.141592653589793238462643383279",
      "4.9e-324"
    };
    double[] expected = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      expected[i] = Double.parseDouble(numbers[i]);
    }
    assertValues(expected, "x\n" + String.join("\n", numbers), F64);
    assertValues(
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY},
        "a,b,c\nNaN,inf,-Infinity\n",
        F64);
  }

  @Test
  void readsWhatWasWrittenBitByBit() throws IOException {
    double[] values = Tensor.randn(Generator.seeded(3), DType.F64, 70_000, 3).toDoubleArray();
    StringBuilder text = new StringBuilder("a,b,c\n");
    for (int i = 0; i < values.length; i++) {
      text.append(i % 5 == 0 ? Math.rint(values[i] * 1e4) / 1e4 : values[i]);
      values[i] = i % 5 == 0 ? Math.rint(values[i] * 1e4) / 1e4 : values[i];
      text.append(i % 3 == 2 ? '\n' : ',');
    }
    assertValues(values, text.toString(), F64);
  }

  @Test
  void aHeaderAloneHasNoRows() throws IOException {
    assertArrayEquals(new long[] {0, 2}, Csv.read(file("a,b\n")).values().shape());
  }

  @Test
  void namesFileLineAndColumn() throws IOException {
    assertRefused(
        "Csv: not a number: \"tall\" (FILE, line 3, column 2 \"b\")", "a,b\n1,2\n3,tall\n", F64);
    assertRefused("Csv: not a number: \"\" (FILE, line 2, column 1 \"a\")", "a,b\n,2\n", F64);
    assertRefused("Csv: not a number: \"1d\" (FILE, line 2, column 1 \"a\")", "a\n1d\n", F64);
    assertRefused("Csv: not a number: \"0x1p3\" (FILE, line 2, column 1 \"a\")", "a\n0x1p3\n", F64);
    assertRefused("Csv: not a number: \"1.2.3\" (FILE, line 2, column 1 \"a\")", "a\n1.2.3\n", F64);
    assertRefused("Csv: not a number: \"-\" (FILE, line 2, column 1 \"a\")", "a\n-\n", F64);
    assertRefused(
        "Csv: not a number: \"a\" (FILE, line 1, column 1 \"0\")", "a\n1\n", F64.header(false));
    assertRefused(
        "Csv: not a number: \"x\" (FILE, line 4, column 2 \"b\")",
        "a,b\n\"1\n\",2\n1,x\n",
        F64.columns("b"));
  }

  @Test
  void refusesLinesOfOtherLengths() throws IOException {
    assertRefused(
        "Csv: wrong number of fields: FILE (line 3 has 1, the first 2)", "a,b\n1,2\n3\n", F64);
    assertRefused(
        "Csv: wrong number of fields: FILE (line 2 has 3, the first 2)", "a,b\n1,2,3\n", F64);
    assertRefused(
        "Csv: wrong number of fields: FILE (line 2 has 0, the first 2)", "a,b\n\n1,2\n", F64);
  }

  @Test
  void refusesBrokenQuotes() throws IOException {
    assertRefused("Csv: a quote is never closed: FILE (line 2)", "a\n\"1\n2\n3\n", F64);
    assertRefused("Csv: text after a closing quote: FILE (line 2)", "a\n\"1\"2\n", F64);
    assertRefused("Csv: a quote inside of a field: FILE (line 2)", "a\n1\"2\n", F64);
    assertRefused(
        "Csv: a field is longer than 1048576 bytes: FILE (line 2)",
        "a\n" + "1".repeat(1 << 21),
        F64);
  }

  @Test
  void refusesColumnsThatAreNotThere() throws IOException {
    assertRefused(
        "Csv: no such column: \"z\" (FILE has [a, b])", "a,b\n1,2\n", F64.columns("a", "z"));
    assertRefused(
        "Csv: a column is there twice: \"a\" (FILE has [a, a], wanted are [a])",
        "a,a\n1,2\n",
        F64.columns("a"));
    assertRefused(
        "Csv: a column is there twice: \"a\" (FILE has [a], wanted are [a, a])",
        "a\n1\n",
        F64.columns("a", "a"));
    assertRefused("Csv: the file is empty: FILE", "", F64);
  }

  @Test
  void refusesBytesThatAreNoText() throws IOException {
    byte[] noise = new byte[4096];
    new Random(5).nextBytes(noise);
    Path file = Files.write(folder.resolve("noise.csv"), noise);
    assertThrows(IOException.class, () -> Csv.read(file, F64.header(false)));
    assertThrows(
        IOException.class,
        () -> Csv.read(Files.write(file, "a\n\0\0\n".getBytes(StandardCharsets.UTF_8)), F64));
  }

  @Test
  void refusesImpossibleOptions() {
    assertEquals(
        "Csv: dtype must be F32 or F64: I64",
        assertThrows(IllegalArgumentException.class, () -> F64.dtype(DType.I64).columns())
            .getMessage());
    assertEquals(
        "Csv: no separator: character 34; it must be ASCII, no quote and no end of line",
        assertThrows(IllegalArgumentException.class, () -> F64.separator('"').columns())
            .getMessage());
  }
}
