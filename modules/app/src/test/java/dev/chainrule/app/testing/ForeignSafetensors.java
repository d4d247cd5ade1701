package dev.chainrule.app.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Write and read safetensors files as another program does: after the format's description in github.com/huggingface/safetensors
 * alone, sharing no code with this program. No checksum, no metadata; tensors lie in the order in which they are given, which need
 * not be that of their names; of JSON, it reads what such headers consist of.
 */
public final class ForeignSafetensors {
    private static final Pattern TENSOR = Pattern.compile(
            "\"([^\"]*)\":\\{\"dtype\":\"(\\w+)\",\"shape\":\\[([\\d,]*)],\"data_offsets\":\\[(\\d+),(\\d+)]}");

    private ForeignSafetensors() {}

    /** Hold a tensor: shape and elements, those of float64 written in eight bytes, others in four. */
    public record Tensor(String dtype, int[] shape, double[] elements) {
        public static Tensor floats(int[] shape, double... elements) {
            return new Tensor("F32", shape, elements);
        }

        public static Tensor doubles(int[] shape, double... elements) {
            return new Tensor("F64", shape, elements);
        }

        private int width() {
            return dtype.equals("F32") ? 4 : 8;
        }
    }

    /** Write a file. */
    public static void write(Path file, Map<String, Tensor> tensors) {
        StringBuilder header = new StringBuilder();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        tensors.forEach((name, tensor) -> {
            int from = body.size();
            for (double element : tensor.elements()) {
                long bits = tensor.width() == 4
                        ? Float.floatToRawIntBits((float) element) & 0xffffffffL
                        : Double.doubleToRawLongBits(element);
                littleEndian(body, bits, tensor.width());
            }
            header.append(header.length() == 0 ? "{" : ",")
                    .append(String.format(
                            Locale.ROOT,
                            "\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}",
                            name,
                            tensor.dtype(),
                            Arrays.stream(tensor.shape())
                                    .mapToObj(Integer::toString)
                                    .collect(Collectors.joining(",")),
                            from,
                            body.size()));
        });
        byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        littleEndian(whole, json.length, 8);
        whole.writeBytes(json);
        whole.writeBytes(body.toByteArray());
        try {
            Files.write(file, whole.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Read a file; tensors in the order of its header. */
    public static Map<String, Tensor> read(Path file) {
        try (InputStream stream = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(stream)) {
            int length = Math.toIntExact(Long.reverseBytes(in.readLong()));
            String header = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            byte[] body = in.readAllBytes();
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            Matcher matcher = TENSOR.matcher(header.replace(" ", ""));
            while (matcher.find()) {
                int[] shape = Arrays.stream(matcher.group(3).split(","))
                        .mapToInt(Integer::parseInt)
                        .toArray();
                int from = Integer.parseInt(matcher.group(4));
                int to = Integer.parseInt(matcher.group(5));
                int width = matcher.group(2).equals("F32") ? 4 : 8;
                double[] elements = IntStream.range(0, (to - from) / width)
                        .mapToDouble(i -> element(body, from + i * width, width))
                        .toArray();
                tensors.put(matcher.group(1), new Tensor(matcher.group(2), shape, elements));
            }
            return tensors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void littleEndian(ByteArrayOutputStream out, long bits, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (bits >>> 8 * i));
        }
    }

    private static double element(byte[] body, int at, int width) {
        long bits = 0;
        for (int i = width - 1; i >= 0; i--) {
            bits = bits << 8 | body[at + i] & 0xff;
        }
        return width == 4 ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
    }
}
