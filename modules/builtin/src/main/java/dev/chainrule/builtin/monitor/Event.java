package dev.chainrule.builtin.monitor;

import dev.chainrule.model.picture.WeightPictures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * An event of TensorBoard: a time, a step, and a summary, whose values have a tag each.
 *
 * <p>Source: event.proto, summary.proto and tensor.proto of TensorFlow, and plugin_data.proto of TensorBoard's hparams plugin; the
 * numbers of the fields are theirs. Texts and hyperparameters are tensors with the name of the plugin that shows them.
 */
final class Event {
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int IMAGE = 4;
    private static final int HISTOGRAM = 5;
    private static final int TENSOR = 8;
    private static final int METADATA = 9;
    private static final int DT_FLOAT = 1;
    private static final int DT_STRING = 7;
    private static final int GREY = 1;
    private static final int RGB = 3;
    /** The tag of the first value in the summary of an epoch. */
    private static final String EPOCH = "epoch";

    private final double seconds;
    private final long step;
    private final Message summary = new Message();

    /**
     * Create an event without values.
     *
     * @param seconds since 1970
     */
    Event(double seconds, long step) {
        this.seconds = seconds;
        this.step = step;
    }

    /** Return the event that every file begins with. */
    static byte[] version(double seconds) {
        return new Message()
                .float64(WALL_TIME, seconds)
                .text(FILE_VERSION, "brain.Event:2")
                .toBytes();
    }

    /** Create the event of an epoch. */
    static Event ofEpoch(double seconds, Figures figures) {
        return new Event(seconds, figures.step()).scalar(EPOCH, figures.epoch()).scalars(figures.metrics());
    }

    Event scalars(Map<String, Double> values) {
        values.forEach(this::scalar);
        return this;
    }

    Event scalar(String tag, double value) {
        return value(tag, new Message().float32(SIMPLE_VALUE, (float) value));
    }

    Event histogram(String tag, Histogram histogram) {
        return value(tag, new Message().part(HISTOGRAM, histogram.message()));
    }

    Event picture(String tag, WeightPictures pictures, int number) {
        boolean coloured = pictures.shape().dimensions().get(2) == RGB;
        Message image = new Message()
                .whole(1, pictures.shape().dimensions().get(0))
                .whole(2, pictures.shape().dimensions().get(1))
                .whole(3, coloured ? RGB : GREY)
                .bytes(4, pictures.files().get(number));
        return value(tag, new Message().part(IMAGE, image));
    }

    /** Add a text in Markdown. */
    Event text(String tag, String text) {
        Message tensor =
                new Message().whole(1, DT_STRING).part(2, new Message()).text(8, text);
        return value(tag, new Message().part(TENSOR, tensor).part(METADATA, metadata("text", new Message())));
    }

    /**
     * Add data of the hparams plugin.
     *
     * @param field of HParamsPluginData
     */
    Event hyperparameters(String tag, int field, Message data) {
        Message none = new Message().whole(1, DT_FLOAT).part(2, new Message().part(2, new Message().whole(1, 0)));
        Message content = new Message().whole(1, 0).part(field, data);
        return value(tag, new Message().part(TENSOR, none).part(METADATA, metadata("hparams", content)));
    }

    byte[] toBytes() {
        return new Message()
                .float64(WALL_TIME, seconds)
                .whole(STEP, step)
                .part(SUMMARY, summary)
                .toBytes();
    }

    /** Return the step of an event that this class wrote; 0 for that of the version. */
    static long step(byte... event) {
        ByteBuffer rest = afterTime(event);
        return rest.get() == STEP << 3 ? Message.varint(rest) : 0;
    }

    /** Return whether an event that this class wrote is that of an epoch. */
    static boolean isOfEpoch(byte... event) {
        ByteBuffer rest = afterTime(event);
        if (rest.get() != STEP << 3) {
            return false;
        }
        Message.varint(rest);
        rest.get();
        Message.varint(rest);
        ByteBuffer first =
                ByteBuffer.wrap(new Event(0, 0).scalar(EPOCH, 0).summary.toBytes());
        first.limit(first.limit() - Float.BYTES);
        return rest.mismatch(first) == first.limit() || rest.mismatch(first) < 0;
    }

    private static ByteBuffer afterTime(byte... event) {
        return ByteBuffer.wrap(event).order(ByteOrder.LITTLE_ENDIAN).position(1 + Double.BYTES);
    }

    private Event value(String tag, Message content) {
        byte[] named = new Message().text(TAG, tag).toBytes();
        byte[] rest = content.toBytes();
        summary.bytes(
                VALUE,
                ByteBuffer.allocate(named.length + rest.length)
                        .put(named)
                        .put(rest)
                        .array());
        return this;
    }

    private static Message metadata(String plugin, Message content) {
        return new Message().part(1, new Message().text(1, plugin).part(2, content));
    }
}
