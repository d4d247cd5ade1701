package dev.chainrule.bench.peer;

import dev.chainrule.bench.measure.Contestant;
import dev.chainrule.bench.measure.Workload;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Train with DL4J: a MultiLayerNetwork that is fitted batch by batch, the batches views of one array that an epoch shuffles
 * once, without iterators or listeners.
 */
public final class Dl4jPeer implements Contestant {
    private final Workload workload;
    private final Examples examples;
    private final INDArray pixels;
    private final INDArray targets;
    private final Random random = new Random(1);

    /** Load the backend and hand it the examples. Its threads are those of the environment variable OMP_NUM_THREADS. */
    public Dl4jPeer(Task task) {
        this.workload = task.workload();
        this.examples = task.examples();
        Nd4j.getEnvironment().setMaxThreads(task.threads());
        Nd4j.getEnvironment().setMaxMasterThreads(task.threads());
        this.pixels = Nd4j.create(examples.pixels(), new int[] {examples.size(), Examples.PIXELS});
        this.targets = Nd4j.create(examples.oneHot(), new int[] {examples.size(), Examples.CLASSES});
    }

    @Override
    public String name() {
        return "DL4J 1.0.0-M2.1";
    }

    @Override
    public Round round() {
        MultiLayerNetwork network = network();
        int[] order = examples.order(random);
        long started = System.nanoTime();
        INDArray x = Nd4j.pullRows(pixels, 1, order);
        INDArray y = Nd4j.pullRows(targets, 1, order);
        for (int from = 0; from < examples.size(); from += workload.batch()) {
            int to = Math.min(from + workload.batch(), examples.size());
            network.fit(
                    x.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()),
                    y.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()));
        }
        double seconds = (System.nanoTime() - started) * 1e-9;
        INDArray guessed = network.output(pixels).argMax(1);
        int right = 0;
        for (int i = 0; i < examples.size(); i++) {
            right += guessed.getInt(i) == examples.labels()[i] ? 1 : 0;
        }
        return new Round(
                examples.size(),
                seconds,
                Double.NaN,
                network.score(new DataSet(pixels, targets)),
                (double) right / examples.size(),
                "");
    }

    private MultiLayerNetwork network() {
        boolean small = workload == Workload.W1;
        int[] widths = workload.widths();
        // LossFunction.L2 is Σ(a − y)² without our half, so that a rate of 1.5 is our 3.
        NeuralNetConfiguration.Builder builder = new NeuralNetConfiguration.Builder().seed(random.nextInt());
        NeuralNetConfiguration.ListBuilder list = small
                ? builder.weightInit(new NormalDistribution(0, 1))
                        .updater(new Sgd(1.5))
                        .list()
                : builder.weightInit(WeightInit.RELU).updater(new Adam(0.001)).list();
        for (int i = 1; i < widths.length - 1; i++) {
            list.layer(new DenseLayer.Builder()
                    .nIn(widths[i - 1])
                    .nOut(widths[i])
                    .activation(small ? Activation.SIGMOID : Activation.RELU)
                    .build());
        }
        list.layer(new OutputLayer.Builder(small ? LossFunction.L2 : LossFunction.MCXENT)
                .nIn(widths[widths.length - 2])
                .nOut(widths[widths.length - 1])
                .activation(small ? Activation.SIGMOID : Activation.SOFTMAX)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        return network;
    }
}
