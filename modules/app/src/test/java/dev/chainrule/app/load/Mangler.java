package dev.chainrule.app.load;

import dev.chainrule.config.node.ConfigNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Mangle configs at random: their bytes, their tokens, or the tree that they are. The same random numbers give the same mutants. */
final class Mangler {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_./$-]+|\\s+|.", Pattern.DOTALL);

    /** What other readers take for something else, what is at the edges, and what YAML gives a meaning of its own. */
    private static final List<String> NASTY = List.of(
            "010",
            "0o17",
            "0x1F",
            "1_000",
            "1:30",
            "on",
            "yes",
            "No",
            "True",
            "2026-01-01",
            "1e400",
            "1e-400",
            ".nan",
            ".inf",
            "-.inf",
            "~",
            "null",
            "''",
            "\"64\"",
            "1e-3",
            "<<",
            "&a",
            "*a",
            "&a *a",
            "!!int",
            "!x",
            "---",
            "...",
            "\t",
            "\r\n",
            "\ufeff",
            "\u2028",
            "\u0000",
            "1/0",
            "1/255",
            "-1",
            "-0",
            "0",
            "2147483648",
            "9223372036854775808",
            "99999999999999999999999999999999999999999999",
            "1.5",
            "|",
            ">",
            "%",
            "@",
            "`",
            "?",
            "? a",
            ": ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            ",",
            "#",
            "\"",
            "'",
            "${env:X:-1}",
            "${a}",
            "$",
            "\ud83d\ude00",
            "dense",
            "type",
            "name",
            "relu",
            "1 epoch",
            "0 epochs",
            "999999999 steps",
            "[[[[[[[[[[",
            "test.loss",
            "true",
            "x".repeat(300));

    private final Random random;

    Mangler(long seed) {
        random = new Random(seed);
    }

    /** Replace, insert, repeat or cut a few bytes. */
    byte[] bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            int at = random.nextInt(bytes.length + 1);
            int end = Math.min(bytes.length, at + random.nextInt(8));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes, 0, at);
            switch (random.nextInt(4)) {
                case 0 -> out.write(random.nextInt(256));
                case 1 -> out.write(32 + random.nextInt(95));
                case 2 -> {
                    out.write(bytes, at, end - at);
                    out.write(bytes, at, end - at);
                }
                default -> {
                    // The text here is cut.
                }
            }
            if (random.nextInt(100) > 0) {
                out.write(bytes, end, bytes.length - end);
            }
            bytes = out.toByteArray();
        }
        return bytes;
    }

    /** Replace, insert, repeat, swap or cut a few tokens. */
    String tokens(String text) {
        List<String> tokens = new ArrayList<>(
                TOKEN.matcher(text).results().map(MatchResult::group).toList());
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(tokens.size());
            switch (random.nextInt(6)) {
                case 0 -> tokens.set(at, pick(NASTY));
                case 1 -> tokens.add(at, pick(NASTY));
                case 2 -> tokens.set(at, pick(tokens));
                case 3 -> tokens.add(at, pick(tokens));
                case 4 -> Collections.swap(tokens, at, random.nextInt(tokens.size()));
                default -> tokens.remove(at);
            }
        }
        return String.join("", tokens);
    }

    /** Change a few nodes of a tree, and write it in flow style. */
    String tree(ConfigNode node) {
        ConfigNode changed = node;
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            List<ConfigNode> all = new ArrayList<>();
            collect(changed, all);
            changed = replace(changed, pick(all), mutant(pick(all), all));
        }
        return flow(changed) + "\n";
    }

    private ConfigNode mutant(ConfigNode node, List<ConfigNode> all) {
        switch (random.nextInt(5)) {
            case 0 -> {
                return new ConfigNode.Scalar(pick(NASTY), random.nextInt(4) > 0, node.mark());
            }
            case 1 -> {
                return new ConfigNode.Sequence(List.of(node), node.mark());
            }
            case 2 -> {
                return new ConfigNode.Mapping(
                        List.of(new ConfigNode.Entry(pick(List.of("type", "name", "then", "x")), node.mark(), node)),
                        node.mark());
            }
            case 3 -> {
                return shuffled(node);
            }
            default -> {
                return pick(all);
            }
        }
    }

    /** Return a collection in another order, without one of its parts. */
    private ConfigNode shuffled(ConfigNode node) {
        if (node instanceof ConfigNode.Mapping mapping) {
            List<ConfigNode.Entry> entries = new ArrayList<>(mapping.entries());
            Collections.shuffle(entries, random);
            return new ConfigNode.Mapping(entries.subList(0, Math.max(0, entries.size() - 1)), mapping.mark());
        }
        if (node instanceof ConfigNode.Sequence sequence) {
            List<ConfigNode> items = new ArrayList<>(sequence.items());
            Collections.shuffle(items, random);
            return new ConfigNode.Sequence(items.subList(0, Math.max(0, items.size() - 1)), sequence.mark());
        }
        return node;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static void collect(ConfigNode node, List<ConfigNode> all) {
        all.add(node);
        if (node instanceof ConfigNode.Mapping mapping) {
            mapping.entries().forEach(entry -> collect(entry.value(), all));
        } else if (node instanceof ConfigNode.Sequence sequence) {
            sequence.items().forEach(item -> collect(item, all));
        }
    }

    private static ConfigNode replace(ConfigNode node, ConfigNode old, ConfigNode fresh) {
        if (node == old) {
            return fresh;
        }
        if (node instanceof ConfigNode.Mapping mapping) {
            return new ConfigNode.Mapping(
                    mapping.entries().stream()
                            .map(entry -> new ConfigNode.Entry(
                                    entry.key(), entry.keyMark(), replace(entry.value(), old, fresh)))
                            .toList(),
                    mapping.mark());
        }
        if (node instanceof ConfigNode.Sequence sequence) {
            return new ConfigNode.Sequence(
                    sequence.items().stream()
                            .map(item -> replace(item, old, fresh))
                            .toList(),
                    sequence.mark());
        }
        return node;
    }

    private static String flow(ConfigNode node) {
        if (node instanceof ConfigNode.Mapping mapping) {
            return mapping.entries().stream()
                    .map(entry -> entry.key() + ": " + flow(entry.value()))
                    .collect(Collectors.joining(", ", "{ ", " }"));
        }
        if (node instanceof ConfigNode.Sequence sequence) {
            return sequence.items().stream().map(Mangler::flow).collect(Collectors.joining(", ", "[ ", " ]"));
        }
        ConfigNode.Scalar scalar = (ConfigNode.Scalar) node;
        return scalar.plain() ? scalar.text() : "'" + scalar.text().replace("'", "''") + "'";
    }
}
