package dev.gatun.bench.peers.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.gatun.bench.coldstart.Answer;
import dev.gatun.bench.coldstart.Digits;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/// The first answer of ONNX Runtime, on one thread.
public final class OnnxAnswer {
  private OnnxAnswer() {}

  /// Answers once.
  ///
  /// @param args the file of numbers
  /// @throws IOException if it cannot be read
  /// @throws OrtException if the library fails
  public static void main(String[] args) throws IOException, OrtException {
    Digits digits = Digits.read(args[0]);
    int[] sizes = Digits.sizes();
    int last = sizes.length - 1;
    Model model = new Model().input("x0", Model.FLOAT, 1, sizes[0]);
    for (int i = 0; i < last; i++) {
      model.constant("w" + i, digits.next(sizes[i + 1] * sizes[i]), sizes[i + 1], sizes[i]);
      model.constant("b" + i, digits.next(sizes[i + 1]), sizes[i + 1]);
      String sum = i == last - 1 ? "y" : "z" + i;
      model.node("Gemm", List.of("x" + i, "w" + i, "b" + i), sum, "transB", 1);
      if (i < last - 1) {
        model.node("Relu", List.of(sum), "x" + (i + 1));
      }
    }
    byte[] bytes = model.output("y", Model.FLOAT, 1, sizes[last]).toByteArray();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      try (OrtSession session = environment.createSession(bytes, options);
          OnnxTensor x =
              OnnxTensor.createTensor(
                  environment, FloatBuffer.wrap(digits.next(sizes[0])), new long[] {1, sizes[0]});
          OrtSession.Result result = session.run(Map.of("x0", x))) {
        Answer.tell(((float[][]) result.get(0).getValue())[0]);
      }
    }
  }
}
