package dev.chainrule.engine.data;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Axis;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.files.Json;
import dev.chainrule.engine.files.JsonReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The encoding of examples as JSON, written and read.
 *
 * <p>A shape of several axes is written with their names. Without them it is of a version in which images were [channels, height,
 * width]; those of one channel are the same numbers as [height, width, channels]. Named inputs are written with their shapes, if there
 * are any.
 */
public final class EncodingJson {
    private EncodingJson() {}

    public static String write(Encoding encoding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("shape", encoding.shape().dimensions());
        if (encoding.shape().dimensions().size() > 1) {
            json.put("axes", axes(encoding.shape()));
        }
        if (!encoding.inputs().isEmpty()) {
            json.put(
                    "inputs",
                    encoding.inputs().stream()
                            .map(input -> {
                                Map<String, Object> described = new LinkedHashMap<>();
                                described.put("name", input.name());
                                described.put("shape", input.shape().dimensions());
                                return described;
                            })
                            .toList());
        }
        json.put(
                "columns",
                encoding.columns().stream()
                        .map(column -> {
                            Map<String, Object> described = new LinkedHashMap<>();
                            described.put("name", column.name());
                            described.put("categories", column.categories());
                            column.fallback().ifPresent(category -> described.put("fallback", category));
                            if (column.ordinal()) {
                                described.put("ordinal", true);
                            }
                            return described;
                        })
                        .toList());
        if (encoding.targets().size() == 1 && encoding.targets().containsKey("")) {
            json.put("target", target(encoding.target()));
        } else {
            Map<String, Object> targets = new LinkedHashMap<>();
            encoding.targets().forEach((name, target) -> targets.put(name, target(target)));
            json.put("targets", targets);
        }
        return Json.line(json);
    }

    private static Map<String, Object> target(Target target) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("form", target.form().name().toLowerCase(Locale.ROOT));
        json.put("names", target.names());
        if (!target.positions().isEmpty()) {
            json.put("positions", target.positions());
        }
        return json;
    }

    /**
     * Read the text that {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is any other text
     */
    public static Encoding read(String text) {
        try {
            Map<?, ?> map = (Map<?, ?>) JsonReader.read(text);
            Shape shape = shape(map);
            List<Encoding.Column> columns = ((List<?>) map.get("columns"))
                    .stream()
                            .map(c -> (Map<?, ?>) c)
                            .map(c -> new Encoding.Column(
                                    (String) c.get("name"),
                                    texts(c.get("categories")),
                                    Optional.ofNullable((String) c.get("fallback")),
                                    Boolean.TRUE.equals(c.get("ordinal"))))
                            .toList();
            Map<String, Target> targets = new LinkedHashMap<>();
            if (map.get("targets") instanceof Map<?, ?> several) {
                several.forEach((name, target) -> targets.put((String) name, target((Map<?, ?>) target)));
            } else {
                targets.put("", target((Map<?, ?>) map.get("target")));
            }
            List<Encoding.Input> inputs = map.get("inputs") instanceof List<?> named
                    ? named.stream()
                            .map(input -> (Map<?, ?>) input)
                            .map(input ->
                                    new Encoding.Input((String) input.get("name"), dimensions(input.get("shape"))))
                            .toList()
                    : List.of();
            return new Encoding(shape, inputs, columns, targets);
        } catch (ClassCastException | NullPointerException | ArithmeticException e) {
            throw new IllegalArgumentException("the description of its examples is damaged", e);
        }
    }

    private static Target target(Map<?, ?> json) {
        Target.Form form = Target.Form.valueOf(((String) json.get("form")).toUpperCase(Locale.ROOT));
        List<?> positions = json.get("positions") instanceof List<?> given ? given : List.of();
        return new Target(form, texts(json.get("names")), lengths(positions));
    }

    private static Shape shape(Map<?, ?> map) {
        Shape shape = dimensions(map.get("shape"));
        if (map.get("axes") == null && shape.isImage()) {
            List<Integer> sides = shape.dimensions();
            if (sides.get(0) != 1) {
                throw new IllegalArgumentException("its examples are images of " + sides.get(0)
                        + " channels, channels first: an earlier version wrote it, but images now have "
                        + "their channels last");
            }
            return Shape.of(sides.get(1), sides.get(2), 1);
        }
        if (map.get("axes") != null && !axes(shape).equals(map.get("axes"))) {
            throw new IllegalArgumentException("its examples are " + shape + " with the axes " + map.get("axes"));
        }
        return shape;
    }

    private static Shape dimensions(Object list) {
        return new Shape(lengths((List<?>) list));
    }

    private static List<Integer> lengths(List<?> numbers) {
        return numbers.stream().map(d -> Math.toIntExact((Long) d)).toList();
    }

    private static List<String> axes(Shape shape) {
        return shape.axes().stream().map(Axis::toString).toList();
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(String.class::cast).toList();
    }
}
