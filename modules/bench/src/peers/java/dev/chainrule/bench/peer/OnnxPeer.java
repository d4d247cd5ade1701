package dev.chainrule.bench.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * Predict with ONNX Runtime: all optimizations, denormal numbers as zeros, inputs that are views of one buffer outside the heap, an
 * output that every call overwrites.
 */
public final class OnnxPeer extends Predicting {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final int batch;
    private final FloatBuffer pixels;
    private final FloatBuffer probabilities;
    private final OnnxTensor output;

    /** Write the model and load it. */
    public OnnxPeer(Task task) throws OrtException {
        super(task.examples(), task.batch());
        this.batch = task.batch();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(task.threads());
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.addConfigEntry("session.set_denormal_as_zero", "1");
            this.session = environment.createSession(OnnxModel.of(task), options);
        }
        this.pixels =
                direct(task.examples().pixels().length).put(task.examples().pixels());
        this.probabilities = direct(batch * Examples.CLASSES);
        this.output = tensor(probabilities, batch, Examples.CLASSES);
    }

    private static FloatBuffer direct(int size) {
        return ByteBuffer.allocateDirect(size * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private OnnxTensor tensor(FloatBuffer data, long... shape) throws OrtException {
        return OnnxTensor.createTensor(environment, data, shape);
    }

    @Override
    public String name() {
        return "ONNX Runtime " + environment.getVersion() + (batch == 1 ? ", one by one" : ", batches of " + batch);
    }

    @Override
    protected void predict(int first) {
        FloatBuffer rows = pixels.slice(first * Examples.PIXELS, batch * Examples.PIXELS);
        try (OnnxTensor x = tensor(rows, batch, Examples.PIXELS)) {
            session.run(Map.of("x", x), Map.of("y", output)).close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected double probability(int row, int label) {
        return probabilities.get(row * Examples.CLASSES + label);
    }

    @Override
    public void close() {
        output.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
