package dev.chainrule.bench.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.chainrule.api.Parameter;
import dev.chainrule.bench.measure.Contestant;
import dev.chainrule.builtin.loss.Quadratic;
import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Train with PyTorch by DJL, as quickly as PyTorch goes without Python: an epoch is one call of a TorchScript module that is written
 * from the config ({@link TorchModule}), from the same initial parameters as ours. All examples are in one tensor, which an epoch
 * shuffles once; batches are views of it; one fused update per step; the cost of a step is not read.
 */
public final class PyTorchPeer implements Contestant {
    private final Task task;
    private final Torch torch;
    private final PtNDArray targets;
    private final PtSymbolBlock module;
    private final List<Integer> scales;
    private final List<PtNDArray> initial = new ArrayList<>();
    private final Random random = new Random(1);

    /** Load the engine, hand it the examples, compile the training. */
    public PyTorchPeer(Task task) {
        this.task = task;
        this.torch = Torch.start(task.examples(), task.threads());
        this.targets = task.experiment().loss().orElseThrow() instanceof Quadratic ? torch.oneHot() : torch.labels();
        TorchLayers layers =
                new TorchLayers(task.experiment().model(), task.network().input());
        this.scales = layers.scales();
        this.module = load(TorchModule.code(task.experiment(), layers));
        for (Parameter parameter : task.network().parameters()) {
            initial.add(transposed(parameter.value()));
        }
        if (initial.size() != layers.parameters()) {
            throw new IllegalStateException("the network has other parameters than the module");
        }
    }

    private PtSymbolBlock load(String code) {
        try {
            Path file = TorchModule.write(code);
            try {
                return JniUtils.loadModule(torch.manager(), file, true, new String[0], new String[0], true);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return weights [in, out] as [out, in], a row as a vector. */
    private PtNDArray transposed(Matrix matrix) {
        int rows = matrix.rows();
        int columns = matrix.columns();
        float[] values = new float[matrix.size()];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[j * rows + i] = (float) matrix.get(i, j);
            }
        }
        return (PtNDArray) torch.manager().create(values, rows == 1 ? new Shape(columns) : new Shape(columns, rows));
    }

    @Override
    public String name() {
        return Torch.name("TorchScript");
    }

    @Override
    public Round round() {
        try (NDManager own = torch.manager().newSubManager()) {
            List<PtNDArray> parameters = parameters(own);
            List<PtNDArray> running = running(own);
            NDList inputs = new NDList(
                    torch.pixels(), targets, Torch.order(own, task.examples().order(random)));
            add(inputs, "w[]", parameters);
            add(inputs, "r[]", running);
            add(inputs, "m[]", zeros(own, parameter -> parameter.getShape()));
            add(inputs, "v[]", zeros(own, parameter -> parameter.getShape()));
            add(inputs, "t[]", zeros(own, parameter -> new Shape()));
            JniUtils.setGradMode(true);
            long started = System.nanoTime();
            IValueUtils.forward(module, inputs, true);
            double seconds = (System.nanoTime() - started) * 1e-9;
            JniUtils.setGradMode(false);
            return judged(own, parameters, running, seconds);
        }
    }

    private List<PtNDArray> parameters(NDManager own) {
        List<PtNDArray> parameters = new ArrayList<>();
        for (PtNDArray parameter : initial) {
            PtNDArray copy = (PtNDArray) parameter.duplicate();
            copy.attach(own);
            copy.setRequiresGradient(true);
            parameters.add(copy);
        }
        return parameters;
    }

    /** Return running means and variances, after an unused number: DJL passes no empty list. */
    private List<PtNDArray> running(NDManager own) {
        List<PtNDArray> running = new ArrayList<>(List.of((PtNDArray) own.zeros(new Shape())));
        for (int scale : scales) {
            Shape features = initial.get(scale).getShape();
            running.add((PtNDArray) own.zeros(features));
            running.add((PtNDArray) own.ones(features));
        }
        return running;
    }

    private List<PtNDArray> zeros(NDManager own, Function<NDArray, Shape> shape) {
        return initial.stream()
                .map(parameter -> (PtNDArray) own.zeros(shape.apply(parameter)))
                .toList();
    }

    /** Add arrays with the same name, which DJL passes as one list. */
    private static void add(NDList inputs, String name, List<PtNDArray> arrays) {
        for (PtNDArray array : arrays) {
            array.setName(name);
            inputs.add(array);
        }
    }

    private Round judged(NDManager own, List<PtNDArray> parameters, List<PtNDArray> running, double seconds) {
        try (IValue x = IValue.from(torch.pixels());
                IValue w = IValue.listFrom(parameters.toArray(new PtNDArray[0]));
                IValue r = IValue.listFrom(running.toArray(new PtNDArray[0]));
                IValue training = IValue.from(false);
                IValue y = IValue.from(targets);
                IValue out = IValueUtils.runMethod(module, "net", x, w, r, training);
                IValue cost = IValueUtils.runMethod(module, "cost", out, y)) {
            NDArray right =
                    out.toTensor((PtNDManager) own).argMax(1).eq(torch.labels()).toType(DataType.FLOAT32, false);
            return new Round(
                    task.examples().size(),
                    seconds,
                    Double.NaN,
                    cost.toTensor((PtNDManager) own).getFloat(),
                    right.mean().getFloat(),
                    "");
        }
    }

    @Override
    public void close() {
        module.close();
        torch.manager().close();
    }
}
