package dev.gatun.fuzz;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What two processes that run the same program tell each other: the values that the first
/// computed. The second compares its own, and goes on with those of the first, so that both have
/// the same operands to the bit all along.
interface Exchange {
  /// Nobody else runs the program.
  Exchange ALONE = mine -> mine;

  /// Gives the values of the process that leads.
  double[] agree(double[] mine);

  /// Says what it computed.
  record Leader(DataOutputStream out) implements Exchange {
    @Override
    public double[] agree(double[] mine) {
      try {
        out.writeInt(mine.length);
        for (double value : mine) {
          out.writeDouble(value);
        }
        return mine;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Hears what the other computed.
  record Follower(DataInputStream in) implements Exchange {
    @Override
    public double[] agree(double[] mine) {
      try {
        double[] theirs = new double[in.readInt()];
        for (int i = 0; i < theirs.length; i++) {
          theirs[i] = in.readDouble();
        }
        return theirs;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
