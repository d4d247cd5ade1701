package dev.chainrule.config.compose;

import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.Source;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Values that must not be shown, with their replacements. Safe for use by several threads.
 *
 * <p>A value is hidden in all its {@link SecretForms}, since other code normalises, escapes and truncates it before it
 * reaches a text. For texts that must be read back identically, as in resolved.yaml, {@link Writing} replaces exact
 * values instead.
 */
public final class Secrets {
    /**
     * The length below which a value occurs in many texts by chance and could not be hidden without making them
     * unreadable.
     */
    static final int SHORTEST = 4;

    private static final Pattern SUGGESTION = Pattern.compile("Did you mean [^?]*\\? ?|^Write \\S+\\.$");

    private final Map<String, String> shown = new LinkedHashMap<>();
    private final Set<Path> folders = new LinkedHashSet<>();
    private Finders finders = new Finders(SecretFinder.NONE, SecretFinder.NONE, SecretFinder.NONE);
    private boolean changed;

    /** Finders of whole values, of parts as well, and of short numbers in addition. */
    private record Finders(SecretFinder whole, SecretFinder all, SecretFinder atReference) {}

    /** Hide a value from now on. */
    public synchronized void add(String value, String written) {
        if (shown.putIfAbsent(value, written) == null) {
            changed = true;
        }
    }

    /** Hide the values also as paths that are relative to a folder. */
    public synchronized void addPathsIn(Path folder) {
        changed |= folders.add(folder);
    }

    /** Hide the values of another collection, too. */
    public void addAll(Secrets others) {
        others.values().forEach(entry -> add(entry.getKey(), entry.getValue()));
        others.folders().forEach(this::addPathsIn);
    }

    private synchronized List<Path> folders() {
        return List.copyOf(folders);
    }

    public synchronized boolean isEmpty() {
        return shown.isEmpty();
    }

    /** Return a text with each value, its forms and their parts replaced. */
    public String hide(String text) {
        return finders().all().replace(text);
    }

    /** Return a text in which only whole values and their forms are hidden, no parts such as the last name of a path. */
    public String hideWhole(String text) {
        return finders().whole().replace(text);
    }

    private synchronized Finders finders() {
        if (changed && !shown.isEmpty()) {
            Map<String, String> whole = new LinkedHashMap<>();
            Map<String, String> all = new LinkedHashMap<>();
            Map<String, String> numbers = new LinkedHashMap<>();
            shown.forEach((value, written) -> {
                put(SecretForms.whole(value), written, whole);
                folders.forEach(folder -> put(SecretForms.in(folder, value), written, whole));
                put(SecretForms.parts(value), written, all);
                SecretForms.numbers(value).forEach(form -> numbers.putIfAbsent(form, written));
            });
            whole.forEach(all::put);
            Map<String, String> longer = new LinkedHashMap<>();
            numbers.keySet().forEach(form -> put(List.of(form), numbers.get(form), longer));
            finders = new Finders(
                    new SecretFinder(whole, longer), new SecretFinder(all, longer), new SecretFinder(all, numbers));
            changed = false;
        }
        return finders;
    }

    private static void put(Collection<String> forms, String written, Map<String, String> into) {
        forms.stream()
                .filter(form -> form.strip().length() >= SHORTEST)
                .forEach(form -> into.putIfAbsent(form, written));
    }

    /** Return a problem with secrets hidden in its place, message and notes. */
    public Problem hide(Problem problem) {
        return hide(problem, this::hide);
    }

    /**
     * Return a problem of a value from a reference. There, numbers too short to be hidden elsewhere are hidden as well,
     * and suggestions that resemble the value are dropped.
     */
    Problem hideAtReference(Problem problem) {
        SecretFinder finder = finders().atReference();
        return values().isEmpty()
                ? problem
                : hide(problem, text -> finder.replace(SUGGESTION.matcher(text).replaceAll("")));
    }

    private Problem hide(Problem problem, UnaryOperator<String> hiding) {
        return new Problem(
                problem.severity(),
                problem.mark().map(this::hide),
                problem.path(),
                hiding.apply(problem.message()),
                problem.notes().stream()
                        .map(hiding)
                        .filter(note -> !note.isBlank())
                        .toList(),
                problem.cause());
    }

    /** Return problems with secrets hidden in their places, messages and notes. */
    public Problems hide(Problems problems) {
        Problems hidden = new Problems();
        problems.sorted().forEach(problem -> hidden.add(hide(problem)));
        return hidden;
    }

    /** Return a mark without secrets: a config may refer to a file by a secret, and a quoted line may contain one. */
    private Mark hide(Mark mark) {
        String name = hide(mark.source().name());
        String line = mark.source().line(mark.line()).orElse("");
        return name.equals(mark.source().name()) && hideWhole(line).equals(line)
                ? mark
                : new Mark(Source.named(name), mark.line(), mark.column(), mark.endColumn());
    }

    /** Return values with their replacements, the longest first: one may be a part of another. */
    synchronized List<Map.Entry<String, String>> values() {
        return shown.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(entry -> -entry.getKey().length()))
                .toList();
    }
}
