package dev.chainrule.app.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.files.Safetensors;
import dev.chainrule.math.Matrix;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.Summary;

/** Read the event files of the hook tensorboard with TensorFlow's classes, and compare them with the other files of the run. */
final class TensorboardTests {
    static final String FILE = "/tensorboard/events.out.tfevents.chainrule";

    @TempDir
    private Path folder;

    @Test
    void scalars_ofWholeFile_equalMetricsJsonl() {
        Shell shell = train(
                "plants.yaml",
                Samples.PLANTS.replace("40", "5") + "hooks: [ { type: tensorboard, steps: 2 steps } ]\n");
        EventLog log = EventLog.read(shell.bytes("run" + FILE));
        int compared = 0;
        for (String line : shell.text("run/metrics.jsonl").lines().toList()) {
            Map<?, ?> recorded = (Map<?, ?>) JsonReader.read(line);
            long step = ((Number) recorded.get("step")).longValue();
            for (Map.Entry<?, ?> metric : recorded.entrySet()) {
                if (((String) metric.getKey()).contains(".")) {
                    assertEquals(
                            ((Number) metric.getValue()).floatValue(),
                            log.number((String) metric.getKey(), step),
                            line);
                    compared++;
                }
            }
        }
        assertEquals(5 * 4 + 2, compared);
        assertEquals(
                compared + 5,
                log.events().stream()
                        .flatMap(event -> event.getSummary().getValueList().stream())
                        .filter(value -> value.getTag().matches("epoch|(train|validation|test)[.].*"))
                        .count(),
                "nothing else");
        assertEquals(
                List.of(2L, 4L, 6L, 8L, 10L),
                log.tagged("step/loss").stream().map(EventLog.Entry::step).toList());
        assertEquals(0.1F, log.number("step/learning_rate", 4));
        assertTrue(log.number("step/gradient_norm", 4) > 0);
    }

    @Test
    void histograms_ofLastEpoch_agreeWithTheModel() {
        Shell shell = train(
                "plants.yaml",
                Samples.PLANTS.replace("40", "3") + "hooks: [ { type: tensorboard, every: 2 epochs } ]\n");
        EventLog log = EventLog.read(shell.bytes("run" + FILE));
        assertEquals(1, log.tagged("gradients/dense_1.biases").size(), "of two epochs one");
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/again", "--quiet", "--set", "training.epochs=2");
        log = EventLog.read(shell.bytes("again" + FILE));
        Matrix weights =
                Safetensors.read(shell.at("again/model.safetensors")).tensors().get("dense_1.weights");
        double[] values = IntStream.range(0, weights.rows())
                .boxed()
                .flatMapToDouble(i -> IntStream.range(0, weights.columns()).mapToDouble(j -> weights.get(i, j)))
                .toArray();
        HistogramProto histogram =
                log.only("parameters/dense_1.weights").orElseThrow().getHisto();
        assertEquals(DoubleStream.of(values).min().orElseThrow(), histogram.getMin());
        assertEquals(DoubleStream.of(values).max().orElseThrow(), histogram.getMax());
        assertEquals(values.length, histogram.getNum());
        double sum = 0;
        double squares = 0;
        for (double value : values) {
            sum += value;
            squares += value * value;
        }
        assertEquals(sum, histogram.getSum());
        assertEquals(squares, histogram.getSumSquares());
        assertEquals(30, histogram.getBucketLimitCount());
        assertEquals(histogram.getMax(), histogram.getBucketLimit(29));
        double below = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < 30; i++) {
            double from = below;
            double to = histogram.getBucketLimit(i);
            boolean last = i == 29;
            assertEquals(
                    DoubleStream.of(values)
                            .filter(value -> value >= from && (value < to || last))
                            .count(),
                    histogram.getBucket(i),
                    "bucket " + i);
            below = to;
        }
    }

    @Test
    void filters_ofPictures_arePictures() throws IOException {
        Shell shell = train("images.yaml", Samples.IMAGES.replace("30", "2") + "hooks: [ tensorboard ]\n");
        EventLog log = EventLog.read(shell.bytes("run" + FILE));
        for (int unit = 0; unit < 2; unit++) {
            List<EventLog.Entry> pictures = log.tagged("dense_1/image/" + unit);
            assertEquals(2, pictures.size(), "of two epochs");
            Summary.Image image = pictures.get(1).value().getImage();
            assertEquals(List.of(3, 3, 1), List.of(image.getHeight(), image.getWidth(), image.getColorspace()));
            BufferedImage read = ImageIO.read(
                    new ByteArrayInputStream(image.getEncodedImageString().toByteArray()));
            assertEquals(3, read.getWidth());
            assertEquals(3, read.getHeight());
        }
    }

    @Test
    void config_always_isTextAndHyperparameters() {
        Shell shell = train("plants.yaml", Samples.PLANTS.replace("40", "1") + "hooks: [ tensorboard ]\n");
        EventLog log = EventLog.read(shell.bytes("run" + FILE));
        Summary.Value config = log.only("config").orElseThrow();
        assertEquals("text", config.getMetadata().getPluginData().getPluginName());
        String text = config.getTensor().getStringVal(0).toStringUtf8();
        assertTrue(text.contains("\n    optimizer.learning_rate: 0.1\n") || text.contains("learning_rate"), text);
        for (String tag : List.of("_hparams_/session_start_info", "_hparams_/session_end_info")) {
            Summary.Value session = log.only(tag).orElseThrow();
            assertEquals("hparams", session.getMetadata().getPluginData().getPluginName());
            assertTrue(session.getMetadata().getPluginData().getContent().size() > 4, tag);
        }
    }

    private Shell train(String name, String config) {
        Shell shell = new Shell(folder);
        Samples.write(shell);
        shell.file(name, config).done("/demo/" + name, "--run-dir", "/demo/run", "--quiet");
        return shell;
    }
}
