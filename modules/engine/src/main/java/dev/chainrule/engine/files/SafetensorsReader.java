package dev.chainrule.engine.files;

import dev.chainrule.api.error.InputException;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.FloatMatrix;
import dev.chainrule.math.Heap;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A reader of safetensors files. Nothing is trusted before it is checked against the file's size, no more is allocated than
 * the file has bytes and the memory has room for, and nothing is returned before all of it has been checked.
 */
public final class SafetensorsReader {
    /** The length of an array that every JVM allows. */
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private static final int CHUNK = 1 << 20;

    private SafetensorsReader() {}

    /**
     * Read the wanted tensors; the checksum covers all tensors.
     *
     * @param sealed whether the checksum must be there, or may
     */
    public static Safetensors read(Path file, boolean sealed, Predicate<String> wanted) {
        return reading(file, channel -> {
            SafetensorsHeader header = SafetensorsHeader.read(channel);
            if (sealed && !header.metadata().containsKey(Safetensors.CHECKSUM)) {
                throw new IllegalArgumentException("it has no checksum");
            }
            return body(channel, header, wanted);
        });
    }

    /** Read the header alone. It proves only that the tensors fill the file. */
    public static SafetensorsHeader header(Path file) {
        return reading(file, SafetensorsHeader::read);
    }

    private interface Reading<T> {
        T read(FileChannel channel) throws IOException;
    }

    private static <T> T reading(Path file, Reading<T> reading) {
        try {
            WholeFile.requireEnd(file);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return reading.read(channel);
            }
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        } catch (OutOfMemoryError | TooLarge e) {
            throw new InputException(
                            "is larger than the available memory",
                            "Give the program more, as in " + Heap.largerCommand() + ".")
                    .inFile(file.toString());
        } catch (IllegalArgumentException e) {
            throw new InputException(
                            "not a valid safetensors file: " + e.getMessage(),
                            "The file is damaged or was not written by this program.")
                    .inFile(file.toString());
        }
    }

    private static Safetensors body(FileChannel channel, SafetensorsHeader header, Predicate<String> wanted)
            throws IOException {
        requireRoom(header, wanted);
        SortedMap<String, String> metadata = new TreeMap<>(header.metadata());
        String checksum = metadata.remove(Safetensors.CHECKSUM);
        MessageDigest digest = Sha256.digest();
        if (checksum != null) {
            digest.update(ByteBuffer.allocate(Safetensors.LENGTH_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.bytes().length)
                    .flip());
            digest.update(SafetensorsChecksum.unsealed(header.bytes()));
        }
        SortedMap<String, Matrix> tensors = new TreeMap<>();
        for (SafetensorsHeader.Place place : header.places()) {
            if (wanted.test(place.name())) {
                Matrix tensor = matrix(place);
                ByteBuffer bytes = SafetensorsHeader.take(channel, (int) place.bytes());
                digest.update(bytes.duplicate());
                tensor.read(bytes);
                tensors.put(place.name(), tensor);
            } else if (checksum == null) {
                channel.position(channel.position() + place.bytes());
            } else {
                for (long left = place.bytes(); left > 0; left -= CHUNK) {
                    digest.update(SafetensorsHeader.take(channel, (int) Math.min(CHUNK, left)));
                }
            }
        }
        if (checksum != null && !checksum.equals(HexFormat.of().formatHex(digest.digest()))) {
            throw new IllegalArgumentException("its checksum is wrong");
        }
        return new Safetensors(tensors, metadata);
    }

    /** A sparse file costs nothing: its size states how much memory it would take, not that anyone wrote so much. */
    private static void requireRoom(SafetensorsHeader header, Predicate<String> wanted) {
        long bytes = 0;
        for (SafetensorsHeader.Place place : header.places()) {
            if (wanted.test(place.name())) {
                check(place);
                bytes += place.bytes();
            }
        }
        if (bytes > Heap.size()) {
            throw new TooLarge();
        }
    }

    private static void check(SafetensorsHeader.Place place) {
        precision(place);
        if (place.shape().size() > 2) {
            throw new IllegalArgumentException(
                    place + " has the shape " + place.shape() + "; only matrices and vectors are supported");
        }
        if (place.bytes() > LARGEST) {
            throw new IllegalArgumentException(place + " has " + place.bytes() + " bytes; the maximum is " + LARGEST);
        }
        BigInteger need = BigInteger.valueOf(precision(place).bytes());
        for (long side : place.shape()) {
            if (side > LARGEST) {
                throw new IllegalArgumentException(place + " is " + place.shape() + "; the maximum is " + LARGEST);
            }
            need = need.multiply(BigInteger.valueOf(side));
        }
        if (!need.equals(BigInteger.valueOf(place.bytes()))) {
            throw new IllegalArgumentException(place + " is " + place.dtype() + " " + place.shape() + " and has "
                    + place.bytes() + " bytes, " + need + " are required");
        }
    }

    /** Return an empty matrix for a tensor; a vector is one row. */
    private static Matrix matrix(SafetensorsHeader.Place place) {
        List<Long> shape = place.shape();
        int rows = shape.size() == 2 ? Math.toIntExact(shape.get(0)) : 1;
        int columns = shape.isEmpty() ? 1 : Math.toIntExact(shape.get(shape.size() - 1));
        return precision(place) == Precision.FLOAT32 ? new FloatMatrix(rows, columns) : new DoubleMatrix(rows, columns);
    }

    private static Precision precision(SafetensorsHeader.Place place) {
        return place.precision()
                .orElseThrow(() -> new IllegalArgumentException(
                        place + " is of type " + place.dtype() + "; supported: " + SafetensorsHeader.TYPES));
    }

    /** A lack of room that is known without filling the memory. */
    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
