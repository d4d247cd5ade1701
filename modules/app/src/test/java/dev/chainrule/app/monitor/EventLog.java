package dev.chainrule.app.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;

/**
 * The events of a file, read by TensorFlow's own classes.
 *
 * @param events in their order
 */
record EventLog(List<Event> events) {
    /** A value of a summary. */
    record Entry(long step, Summary.Value value) {}

    /** Read a whole file; nothing in it may be damaged, left over or unknown. */
    static EventLog read(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = take(in, Long.BYTES);
            byte[] record = take(in, (int)
                    ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong());
            try {
                Event event = Event.parseFrom(record);
                assertEquals(0, event.getUnknownFields().asMap().size());
                for (Summary.Value value : event.getSummary().getValueList()) {
                    assertEquals(0, value.getUnknownFields().asMap().size(), value.getTag());
                }
                events.add(event);
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
        assertEquals("brain.Event:2", events.get(0).getFileVersion());
        return new EventLog(List.copyOf(events));
    }

    /** Take bytes and their masked checksum. */
    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        long masked = (crc.getValue() >>> 15 | crc.getValue() << 17 & 0xffff_ffffL) + 0xa282_ead8L;
        assertEquals((int) masked, in.getInt());
        return bytes;
    }

    /** Return the values with a tag. */
    List<Entry> tagged(String tag) {
        return events.stream()
                .flatMap(event -> event.getSummary().getValueList().stream()
                        .filter(value -> value.getTag().equals(tag))
                        .map(value -> new Entry(event.getStep(), value)))
                .toList();
    }

    /** Return the number of a tag at a step. */
    float number(String tag, long step) {
        List<Entry> found =
                tagged(tag).stream().filter(entry -> entry.step() == step).toList();
        assertEquals(1, found.size(), tag + " at step " + step);
        assertTrue(found.get(0).value().getValueCase() == Summary.Value.ValueCase.SIMPLE_VALUE, tag);
        return found.get(0).value().getSimpleValue();
    }

    /** Return the events without times. */
    List<String> withoutTimes() {
        return events.stream()
                .map(event -> event.toBuilder().clearWallTime().build().toString())
                .map(text -> text.replaceAll("(?s)(_hparams_/session_(?:start|end)_info\".*?content: ).*", "$1"))
                .toList();
    }

    /** Return the only value with a tag; empty if there is none. */
    Optional<Summary.Value> only(String tag) {
        List<Entry> found = tagged(tag);
        assertTrue(found.size() < 2, tag);
        return found.stream().findFirst().map(Entry::value);
    }
}
