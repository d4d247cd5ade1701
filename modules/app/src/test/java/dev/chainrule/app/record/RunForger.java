package dev.chainrule.app.record;

import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.Json;
import dev.chainrule.engine.files.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Edits of whole runs, at random from a seed: bits and bytes, fields of run.json, files deleted, added, cut, zeroed and exchanged.
 * Whether an edit counts is decided here by other code than the program's, so that one checks the other.
 */
final class RunForger {
    private static final String RECORD = "run.json";
    private static final Set<String> UNCOUNTED = Set.of("run.log", "timings.jsonl", "report.html");
    private static final Set<String> MACHINE =
            Set.of("java", "os", "architecture", "processor", "processors", "threads", "vector_bits");
    private static final Set<String> PLACES = Set.of(
            "started",
            "ended",
            "working_directory",
            "config.file",
            "config.folder",
            "config.bases.#.file",
            "config.bases.#.folder",
            "start.file",
            "files.#.found",
            "files.#.from_run",
            "plugins.#.jar",
            "plugins.#.from_run",
            "plugins.#.libraries.#.jar",
            "resumed.#.time");

    private final Shell shell;
    private final List<String> runs;
    private final Random random;

    RunForger(Shell shell, List<String> runs, long seed) {
        this.shell = shell;
        this.runs = runs;
        this.random = new Random(seed);
    }

    /**
     * An edit that was made.
     *
     * @param counts whether a file or fact differs that depends on neither time nor machine
     */
    record Forgery(String run, String edit, boolean counts) {
        @Override
        public String toString() {
            return run + ": " + edit;
        }
    }

    /** Copy a run and edit the copy. */
    Forgery forge(String run, String to) {
        shell.copy(run, to);
        List<String> files = List.copyOf(files(shell.at(to)).keySet());
        String file = random.nextInt(5) < 2 ? RECORD : pick(files);
        String edit = file.equals(RECORD) && random.nextBoolean() ? editFact(to) : editFile(run, to, file, files);
        return new Forgery(run, edit, counts(shell.at(run), shell.at(to)));
    }

    private String editFile(String run, String to, String file, List<String> files) {
        String name = to + "/" + file;
        byte[] bytes = shell.bytes(name);
        int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        String other = pick(runs.stream().filter(one -> !one.equals(run)).toList());
        switch (random.nextInt(10)) {
            case 0 -> {
                shell.delete(name);
                return "deleted " + file;
            }
            case 1 -> {
                String added =
                        pick(List.of("more.jsonl", "bases/9-more.yaml", "checkpoints/more.safetensors", "notes.txt"));
                shell.file(to + "/" + added, bytes);
                return "added " + added;
            }
            case 2 -> {
                shell.file(name, Arrays.copyOf(bytes, at));
                return "cut " + file + " to " + at + " bytes";
            }
            case 3 -> {
                int from = random.nextInt(4) == 0 ? 0 : at;
                Arrays.fill(bytes, from, bytes.length, (byte) 0);
                shell.file(name, bytes);
                return "zeroed " + file + " from byte " + from + " on";
            }
            case 4 -> {
                if (Files.exists(shell.at(other + "/" + file))) {
                    shell.file(name, shell.bytes(other + "/" + file));
                    return "took " + file + " of " + other;
                }
                return flip(name, bytes, at);
            }
            case 5 -> {
                String second = pick(files);
                byte[] kept = shell.bytes(to + "/" + second);
                shell.file(to + "/" + second, bytes).file(name, kept);
                return "exchanged " + file + " and " + second;
            }
            case 6 -> {
                ByteArrayOutputStream longer = new ByteArrayOutputStream();
                longer.write(bytes, 0, at);
                longer.write(random.nextInt(256));
                longer.write(bytes, at, bytes.length - at);
                shell.file(name, longer.toByteArray());
                return "inserted a byte into " + file + " at " + at;
            }
            case 7 -> {
                ByteArrayOutputStream shorter = new ByteArrayOutputStream();
                shorter.write(bytes, 0, at);
                shorter.write(bytes, Math.min(at + 1, bytes.length), Math.max(0, bytes.length - at - 1));
                shell.file(name, shorter.toByteArray());
                return "removed a byte of " + file + " at " + at;
            }
            default -> {
                return flip(name, bytes, at);
            }
        }
    }

    private String flip(String name, byte[] bytes, int at) {
        int bit = random.nextInt(8);
        if (bytes.length > 0) {
            bytes[at] ^= (byte) (1 << bit);
        }
        shell.file(name, bytes);
        return "flipped bit " + bit + " of byte " + at + " of " + name;
    }

    /** Edit the record as whoever knows JSON would. */
    private String editFact(String to) {
        Map<String, Object> record = copy(shell.json(to + "/" + RECORD));
        List<Map<String, Object>> maps = new ArrayList<>();
        collect(record, maps);
        Map<String, Object> map = pick(maps);
        String key = pick(List.copyOf(map.keySet()));
        String edit;
        switch (random.nextInt(4)) {
            case 0 -> {
                map.remove(key);
                edit = "removed the fact " + key;
            }
            case 1 -> {
                map.put(key + "_more", map.get(key));
                edit = "added the fact " + key + "_more";
            }
            case 2 -> {
                String second = pick(List.copyOf(map.keySet()));
                Object kept = map.get(key);
                map.put(key, map.get(second));
                map.put(second, kept);
                edit = "exchanged the facts " + key + " and " + second;
            }
            default -> {
                map.put(key, other(map.get(key)));
                edit = "changed the fact " + key + " to " + map.get(key);
            }
        }
        shell.file(to + "/" + RECORD, Json.pretty(record));
        return edit;
    }

    private Object other(Object value) {
        if (value instanceof Long number) {
            return number + 1;
        }
        if (value instanceof Double number) {
            return Math.nextUp(number);
        }
        if (value instanceof String text) {
            return text.isEmpty() ? "x" : text.substring(1);
        }
        if (value instanceof Boolean flag) {
            return !flag;
        }
        if (value instanceof List<?> list) {
            return list.isEmpty() ? List.of("x") : list.subList(1, list.size());
        }
        return value == null ? (Object) 0L : List.of();
    }

    /** Return whether a run differs in facts that depend on neither time nor machine. */
    static boolean counts(Path original, Path forged) {
        Map<String, Path> before = files(original);
        Map<String, Path> after = files(forged);
        UNCOUNTED.forEach(before::remove);
        UNCOUNTED.forEach(after::remove);
        if (!before.keySet().equals(after.keySet())) {
            return true;
        }
        for (String name : before.keySet()) {
            boolean same = name.equals(RECORD)
                    ? Objects.equals(facts(before.get(name)), facts(after.get(name)))
                    : Arrays.equals(bytes(before.get(name)), bytes(after.get(name)));
            if (!same) {
                return true;
            }
        }
        return false;
    }

    private static Object facts(Path record) {
        try {
            return timeless(JsonReader.read(new String(bytes(record), StandardCharsets.UTF_8)), "");
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Object timeless(Object value, String place) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> timeless = new TreeMap<>();
            map.forEach((key, inner) ->
                    timeless.put((String) key, timeless(inner, place + (place.isEmpty() ? "" : ".") + key)));
            return timeless;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> timeless(item, place + ".#")).toList();
        }
        String key = place.substring(place.lastIndexOf('.') + 1);
        boolean machine =
                MACHINE.contains(key) && (place.equals("program." + key) || place.equals("resumed.#.program." + key));
        return machine || PLACES.contains(place) ? "*" : value == null ? "null" : value;
    }

    @SuppressWarnings("unchecked")
    private static void collect(Object value, List<Map<String, Object>> maps) {
        if (value instanceof Map<?, ?> map) {
            if (!map.isEmpty()) {
                maps.add((Map<String, Object>) map);
            }
            map.values().forEach(inner -> collect(inner, maps));
        }
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put((String) key, value instanceof Map<?, ?> inner ? copy(inner) : value));
        return copy;
    }

    /** Return the files of a run that are not hidden, by name. */
    private static Map<String, Path> files(Path run) {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(run)) {
            walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .forEach(file -> files.put(run.relativize(file).toString().replace('\\', '/'), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}
