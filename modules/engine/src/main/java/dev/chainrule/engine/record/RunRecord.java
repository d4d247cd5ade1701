package dev.chainrule.engine.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.files.WholeFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The record of a run, read from run.json. Missing facts are empty: versions of the program record more or fewer of them. */
public final class RunRecord {
    /** The state of a run while its process lives. */
    public static final String RUNNING = "running";
    /** The state of a run whose process could not record how it ended. */
    public static final String UNFINISHED = "unfinished";

    /** A record has kilobytes; with many thousands of columns it has megabytes. */
    private static final int MOST_BYTES = 1 << 26;

    private final RunDirectory directory;
    private final Object json;
    private final SortedMap<String, String> facts;

    private RunRecord(RunDirectory directory, Object json, SortedMap<String, String> facts) {
        this.directory = directory;
        this.json = json;
        this.facts = facts;
    }

    /**
     * Read the record of a run.
     *
     * @throws InputException if it cannot be read or is damaged
     */
    public static RunRecord read(RunDirectory directory) {
        String file = directory.record().toString();
        try {
            String text = WholeFile.text(directory.record(), MOST_BYTES);
            Object json = JsonReader.read(text);
            if (json instanceof Map) {
                return new RunRecord(directory, json, RecordLines.of(text));
            }
            throw new InputException("is not the record of a run").inFile(file);
        } catch (CharacterCodingException e) {
            throw new InputException("the record is damaged: it is not text in UTF-8", "Train again.").inFile(file);
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file);
        } catch (IllegalArgumentException e) {
            throw new InputException("the record is damaged: " + e.getMessage(), "Train again.").inFile(file);
        }
    }

    /** Return the run's directory. */
    public RunDirectory directory() {
        return directory;
    }

    /** Return whether the run's own process recorded how it ended; otherwise files may have grown since the record was written. */
    public boolean hasEnded() {
        return !List.of(RUNNING, UNFINISHED).contains(text("state"));
    }

    /** Return every fact by its pointer in the canonical form: {@code /result/metrics/test.loss}. */
    public SortedMap<String, String> facts() {
        return Collections.unmodifiableSortedMap(facts);
    }

    /** Return everything, in the order written. */
    Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        ((Map<?, ?>) json).forEach((key, value) -> all.put((String) key, value));
        return all;
    }

    /** Return a value by the keys that lead to it, if there is one. */
    public Optional<Object> find(String... path) {
        Object value = json;
        for (String key : path) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return Optional.ofNullable(value);
    }

    /** Return a value as text; {@code ""} if there is none. */
    public String text(String... path) {
        return find(path).map(Object::toString).orElse("");
    }

    /** Return the keys of a mapping, sorted; none if there is no such mapping. */
    public NavigableSet<String> keys(String... path) {
        NavigableSet<String> keys = new TreeSet<>();
        if (find(path).orElse(null) instanceof Map<?, ?> map) {
            map.keySet().forEach(key -> keys.add((String) key));
        }
        return keys;
    }

    /** Return the items of a list; none if there is no such list. */
    public List<Object> items(String... path) {
        return find(path).filter(List.class::isInstance).map(List.class::cast).stream()
                .flatMap(list -> (Stream<?>) list.stream())
                .filter(Objects::nonNull)
                .map(Object.class::cast)
                .toList();
    }

    /** Return the mappings in a list; none if there is no such list. */
    public List<Map<?, ?>> maps(String... path) {
        List<Map<?, ?>> maps = new ArrayList<>();
        for (Object item : items(path)) {
            if (item instanceof Map<?, ?> map) {
                maps.add(map);
            }
        }
        return maps;
    }
}
