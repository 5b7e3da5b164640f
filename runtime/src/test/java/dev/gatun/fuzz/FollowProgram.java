package dev.gatun.fuzz;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Runs the programs whose results are in a file on the backend of this process, and compares.
public final class FollowProgram {
  private FollowProgram() {}

  /// Prints `agreed` with the number of operations, or ends with the error.
  ///
  /// @param args the file
  public static void main(String[] args) throws Exception {
    long operations = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(Path.of(args[0]))))) {
      Exchange leader = new Exchange.Follower(in);
      for (long seed = in.readLong(); seed != RandomProgramsTest.END; seed = in.readLong()) {
        operations += RandomProgram.run(seed, leader);
      }
    }
    System.out.println("agreed " + operations);
  }
}
