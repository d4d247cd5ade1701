package dev.chainrule.engine.files;

import dev.chainrule.math.Precision;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The header of a safetensors file, checked against the file's size: the tensors fill the rest of the file, without gaps or
 * overlaps. Their types and shapes are checked only when they are read.
 *
 * @param bytes as in the file
 * @param places of the tensors, in the order of their offsets
 */
public record SafetensorsHeader(byte[] bytes, SortedMap<String, String> metadata, List<Place> places) {
    /** The types of numbers for which there is a precision, in words. */
    public static final String TYPES = "F32 and F64";

    private static final int LARGEST = 100_000_000;

    /**
     * The place of a tensor in the file.
     *
     * @param dtype as written in the file
     * @param from the first of its bytes, counted from the end of the header
     * @param to the byte after its last one
     */
    public record Place(String name, String dtype, List<Long> shape, long from, long to) {
        long bytes() {
            return to - from;
        }

        /** Return the precision of its numbers; empty if there is no such precision. */
        public Optional<Precision> precision() {
            return switch (dtype) {
                case "F32" -> Optional.of(Precision.FLOAT32);
                case "F64" -> Optional.of(Precision.FLOAT64);
                default -> Optional.empty();
            };
        }

        @Override
        public String toString() {
            return "tensor '" + name + "'";
        }
    }

    /**
     * Read from a file's beginning on; the tensors' bytes follow.
     *
     * @throws IllegalArgumentException with the problem
     */
    static SafetensorsHeader read(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < Safetensors.LENGTH_BYTES) {
            throw new IllegalArgumentException("it has " + size + " bytes");
        }
        long length = take(channel, Safetensors.LENGTH_BYTES).getLong();
        long follow = size - Safetensors.LENGTH_BYTES;
        if (length < 2 || length > LARGEST || length > follow) {
            throw new IllegalArgumentException("its header would have " + Long.toUnsignedString(length) + " bytes; "
                    + follow + " follow, and " + LARGEST + " is the maximum");
        }
        byte[] first = take(channel, 1).array();
        if (first[0] != '{') {
            throw new IllegalArgumentException("the header does not begin with '{'");
        }
        byte[] bytes = new byte[(int) length];
        bytes[0] = first[0];
        take(channel, ByteBuffer.wrap(bytes, 1, bytes.length - 1));
        SortedMap<String, String> metadata = new TreeMap<>();
        List<Place> places = new ArrayList<>();
        ((Map<?, ?>) JsonReader.read(text(bytes))).forEach((key, value) -> {
            if (!(value instanceof Map<?, ?> description)) {
                throw new IllegalArgumentException("'" + key + "' is not a mapping");
            }
            if (key.equals(Safetensors.METADATA)) {
                description.forEach((name, text) -> metadata.put((String) name, text(name, text)));
            } else {
                places.add(place((String) key, description, follow - length));
            }
        });
        places.sort(Comparator.comparingLong(Place::from).thenComparingLong(Place::to));
        checkThatTheyFill(follow - length, places);
        return new SafetensorsHeader(bytes, metadata, List.copyOf(places));
    }

    private static void checkThatTheyFill(long size, List<Place> places) {
        long end = 0;
        for (Place place : places) {
            if (place.from() != end) {
                throw new IllegalArgumentException(place
                        + (place.from() < end ? " overlaps another before byte " : " leaves a gap after byte ")
                        + end);
            }
            end = place.to();
        }
        if (end != size) {
            throw new IllegalArgumentException("the tensors end at byte " + end + " of " + size);
        }
    }

    private static Place place(String name, Map<?, ?> description, long size) {
        List<Long> shape = wholes(description.get("shape"));
        List<Long> offsets = wholes(description.get("data_offsets"));
        if (!(description.get("dtype") instanceof String dtype) || shape == null || offsets == null) {
            throw new IllegalArgumentException("tensor '" + name + "' lacks a dtype, shape or data_offsets");
        }
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1) || offsets.get(1) > size) {
            throw new IllegalArgumentException("tensor '" + name + "' lies at " + offsets + " of " + size + " bytes");
        }
        return new Place(name, dtype, shape, offsets.get(0), offsets.get(1));
    }

    /** Return a list of whole numbers of 0 or more; null if it is anything else. */
    private static List<Long> wholes(Object value) {
        return value instanceof List<?> list
                        && list.stream().allMatch(item -> item instanceof Long number && number >= 0)
                ? list.stream().map(Long.class::cast).toList()
                : null;
    }

    private static String text(Object name, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("'" + name + "' of the metadata is not text");
    }

    /** Read some bytes, little-endian. */
    static ByteBuffer take(FileChannel channel, int count) throws IOException {
        return take(channel, ByteBuffer.allocate(count)).flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer take(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the file became shorter");
            }
        }
        return bytes;
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the header is not UTF-8", e);
        }
    }
}
