package dev.chainrule.config.node;

import dev.chainrule.config.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A part of a config with its place. Immutable. */
public sealed interface ConfigNode {
    /** Return the place where a problem of this node as a whole is shown. */
    Mark mark();

    /** Return this node at another place, that of an alias. */
    ConfigNode at(Mark mark);

    /** Return a description for messages: {@code a list}. */
    String described();

    /**
     * A text whose meaning is open.
     *
     * @param text without quotes
     * @param plain whether it was written without quotes and not as a block
     */
    record Scalar(String text, boolean plain, Mark mark) implements ConfigNode {
        /** The longest text in characters: a longer one is data, which belongs in a separate file. */
        public static final int LONGEST = 1 << 20;

        private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

        /** Return whether this means that there is no value: nothing, {@code ~} or {@code null}. */
        public boolean isNull() {
            return plain && NULLS.contains(text);
        }

        @Override
        public Scalar at(Mark place) {
            return new Scalar(text, plain, place);
        }

        @Override
        public String described() {
            return isNull() ? "nothing" : "'" + text + "'";
        }
    }

    /** A list. */
    record Sequence(List<ConfigNode> items, Mark mark) implements ConfigNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public Sequence at(Mark place) {
            return new Sequence(items, place);
        }

        @Override
        public String described() {
            return "a list";
        }
    }

    /** Keys with values, in the order written; each key once. */
    record Mapping(List<Entry> entries, Mark mark) implements ConfigNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /** Return the entry of a key. */
        public Optional<Entry> find(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return Optional.of(entry);
                }
            }
            return Optional.empty();
        }

        /** Return this mapping with only the entries of some keys. */
        public Mapping only(Set<String> keys) {
            return with(keys, true);
        }

        /** Return this mapping without the entries of some keys. */
        public Mapping without(Set<String> keys) {
            return with(keys, false);
        }

        private Mapping with(Set<String> keys, boolean listed) {
            List<Entry> chosen = new ArrayList<>();
            for (Entry entry : entries) {
                if (keys.contains(entry.key()) == listed) {
                    chosen.add(entry);
                }
            }
            return new Mapping(chosen, mark);
        }

        @Override
        public Mapping at(Mark place) {
            return new Mapping(entries, place);
        }

        @Override
        public String described() {
            return "a mapping";
        }
    }

    /** One key with its value. */
    record Entry(String key, Mark keyMark, ConfigNode value) {
        /** Return the place where a problem of the value as a whole is shown: the scalar itself, otherwise the key. */
        public Mark mark() {
            return value instanceof Scalar scalar && !scalar.isNull() ? scalar.mark() : keyMark;
        }
    }
}
