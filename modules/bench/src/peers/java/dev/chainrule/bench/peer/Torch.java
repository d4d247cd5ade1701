package dev.chainrule.bench.peer;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;

/**
 * The engine and the examples as its tensors.
 *
 * @param pixels [count, 784]
 * @param labels [count]
 * @param oneHot [count, 10]
 */
record Torch(PtNDManager manager, PtNDArray pixels, PtNDArray labels, PtNDArray oneHot) {
    /** Load the engine with a number of threads, and hand it the examples. */
    static Torch start(Examples examples, int threads) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty(
                "DJL_CACHE_DIR",
                Path.of("modules", "bench", "target", "djl").toAbsolutePath().toString());
        System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
        JniUtils.setGradMode(false);
        if (JniUtils.getNumThreads() != threads) {
            throw new IllegalStateException("PyTorch has " + JniUtils.getNumThreads() + " threads");
        }
        int count = examples.size();
        long[] classes = new long[count];
        for (int i = 0; i < count; i++) {
            classes[i] = examples.labels()[i];
        }
        return new Torch(
                (PtNDManager) manager,
                (PtNDArray) manager.create(examples.pixels(), new Shape(count, Examples.PIXELS)),
                (PtNDArray) manager.create(classes, new Shape(count)),
                (PtNDArray) manager.create(examples.oneHot(), new Shape(count, Examples.CLASSES)));
    }

    /** Return the name of a peer that computes so. */
    static String name(String manner) {
        return "PyTorch " + Engine.getEngine("PyTorch").getVersion() + ", " + manner;
    }

    /** Return an order of the examples as indices. */
    static PtNDArray order(NDManager manager, int[] order) {
        long[] indices = new long[order.length];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = order[i];
        }
        return (PtNDArray) manager.create(indices);
    }
}
