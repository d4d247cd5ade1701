package dev.chainrule.bench.peer;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import dev.chainrule.bench.measure.Contestant;
import dev.chainrule.bench.measure.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Train with PyTorch by DJL operation by operation: linear layers, autograd and updates are PyTorch's own, called one by one without
 * DJL's blocks, trainer and data sets around them. All examples are in one tensor, which an epoch shuffles once; batches are views of
 * it; the cost of a step is computed and not read.
 */
public final class EagerPyTorchPeer implements Contestant {
    private static final float BETA_1 = 0.9f;
    private static final float BETA_2 = 0.999f;

    private final Workload workload;
    private final Torch torch;
    private final PtNDArray targets;
    private final Examples examples;
    private final Random random = new Random(1);

    /** Load the engine and hand it the examples. */
    public EagerPyTorchPeer(Task task) {
        this.workload = task.workload();
        this.examples = task.examples();
        this.torch = Torch.start(examples, task.threads());
        this.targets = workload == Workload.W1
                ? torch.oneHot()
                : (PtNDArray) torch.labels().reshape(examples.size(), 1);
    }

    @Override
    public String name() {
        return Torch.name("eager");
    }

    @Override
    public Round round() {
        try (NDManager own = torch.manager().newSubManager()) {
            List<Layer> layers = layers(own);
            PtNDArray order = Torch.order(own, examples.order(random));
            long started = System.nanoTime();
            epoch(own, layers, order);
            double seconds = (System.nanoTime() - started) * 1e-9;
            return judged(own, layers, seconds);
        }
    }

    private void epoch(NDManager own, List<Layer> layers, PtNDArray order) {
        PtNDArray x = (PtNDArray) torch.pixels().get(own, new NDIndex("{}", order));
        PtNDArray y = (PtNDArray) targets.get(own, new NDIndex("{}", order));
        int step = 0;
        for (int from = 0; from < examples.size(); from += workload.batch()) {
            int to = Math.min(from + workload.batch(), examples.size());
            try (NDManager temporary = own.newSubManager()) {
                PtNDArray batch = JniUtils.slice(x, 0, from, to, 1);
                PtNDArray target = JniUtils.slice(y, 0, from, to, 1);
                batch.attach(temporary);
                target.attach(temporary);
                try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                    collector.backward(cost(forward(layers, batch), target));
                }
                step++;
                for (Layer layer : layers) {
                    layer.update(step);
                }
            }
        }
    }

    private PtNDArray forward(List<Layer> layers, PtNDArray batch) {
        PtNDArray flowing = batch;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            flowing = JniUtils.linear(flowing, layer.weights.value, layer.biases.value);
            if (workload == Workload.W1) {
                flowing = JniUtils.sigmoid(flowing);
            } else if (i < layers.size() - 1) {
                flowing = JniUtils.relu(flowing);
            }
        }
        return flowing;
    }

    private NDArray cost(PtNDArray out, PtNDArray target) {
        if (workload == Workload.W1) {
            PtNDArray difference = out.sub(target);
            return difference.square().sum().mul(0.5f / out.getShape().get(0));
        }
        return JniUtils.gather(JniUtils.logSoftmax(out, 1, DataType.FLOAT32), target, 1)
                .mean()
                .neg();
    }

    private Round judged(NDManager own, List<Layer> layers, double seconds) {
        try (NDManager temporary = own.newSubManager()) {
            PtNDArray all = JniUtils.slice(torch.pixels(), 0, 0, examples.size(), 1);
            all.attach(temporary);
            PtNDArray out = forward(layers, all);
            float loss = cost(out, targets).getFloat();
            NDArray right = out.argMax(1).eq(torch.labels()).toType(DataType.FLOAT32, false);
            return new Round(
                    examples.size(), seconds, Double.NaN, loss, right.mean().getFloat(), "");
        }
    }

    private List<Layer> layers(NDManager own) {
        List<Layer> layers = new ArrayList<>();
        int[] widths = workload.widths();
        for (int i = 1; i < widths.length; i++) {
            boolean small = workload == Workload.W1;
            float spread = small ? 1 : (float) Math.sqrt(2.0 / widths[i - 1]);
            NDArray w = own.randomNormal(0, spread, new Shape(widths[i], widths[i - 1]), DataType.FLOAT32);
            NDArray b = small ? own.randomNormal(new Shape(widths[i])) : own.zeros(new Shape(widths[i]));
            layers.add(new Layer(new Learned(w, !small), new Learned(b, !small)));
        }
        return layers;
    }

    private record Layer(Learned weights, Learned biases) {
        void update(int step) {
            weights.update(step);
            biases.update(step);
        }
    }

    private static final class Learned {
        private final PtNDArray value;
        private final NDList outputs;
        private final Optional<NDArray> mean;
        private final Optional<NDArray> meanSquare;

        Learned(NDArray value, boolean adam) {
            this.value = (PtNDArray) value;
            value.setRequiresGradient(true);
            this.outputs = new NDList(value);
            this.mean = adam ? Optional.of(value.zerosLike()) : Optional.empty();
            this.meanSquare = adam ? Optional.of(value.zerosLike()) : Optional.empty();
        }

        /** Update and set the gradient to 0, both in place: what DJL's optimizers call. */
        void update(int step) {
            // Read again, since the first backward pass puts another tensor in the gradient's place.
            try (NDArray gradient = value.getGradient()) {
                if (mean.isPresent()) {
                    float rate = 0.001f;
                    double corrected = rate * Math.sqrt(1 - Math.pow(BETA_2, step)) / (1 - Math.pow(BETA_1, step));
                    NDList inputs = new NDList(value, gradient, mean.get(), meanSquare.get());
                    value.getNDArrayInternal()
                            .adamUpdate(
                                    inputs,
                                    outputs,
                                    rate,
                                    (float) corrected,
                                    0,
                                    1,
                                    -1,
                                    BETA_1,
                                    BETA_2,
                                    1e-8f,
                                    true,
                                    false);
                } else {
                    value.getNDArrayInternal().sgdUpdate(new NDList(value, gradient), outputs, 3, 0, 1, -1, 0, true);
                }
            }
        }
    }

    @Override
    public void close() {
        torch.manager().close();
    }
}
