package dev.chainrule.app;

import dev.chainrule.app.testing.InProcess;
import dev.chainrule.app.testing.ShippedConfigs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A document of the project, in Markdown.
 *
 * @param file where it lies
 * @param text all of it
 * @param prose its lines outside of blocks of code
 * @param code the lines of its blocks of code, without their indentation
 */
record Document(Path file, String text, String prose, List<String> code) {
    private static final List<String> OF_THE_ROOT = List.of("README.md", "CONTRIBUTING.md", "SECURITY.md");
    /** Where a reference leads to. */
    static final Pattern DEFINITION = Pattern.compile("(?m)^\\[([^\\]]+)\\]: (\\S+)$");

    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final String FENCE = "```";
    private static final String INDENTED = "    ";

    /** Return the documents that name parts of the program as it is; the changelog names those of the past. */
    static List<Document> all() {
        try (Stream<Path> found = Files.list(InProcess.ROOT.resolve("docs"))) {
            Stream<Path> documents = found.filter(file -> file.toString().endsWith(".md"));
            return Stream.concat(OF_THE_ROOT.stream().map(InProcess.ROOT::resolve), documents)
                    .sorted()
                    .map(Document::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document read(Path file) {
        StringBuilder prose = new StringBuilder();
        List<String> code = new ArrayList<>();
        String text = ShippedConfigs.text(file);
        boolean fenced = false;
        boolean paragraph = false;
        for (String line : text.split("\n", -1)) {
            boolean indented = line.startsWith(INDENTED) && !paragraph;
            if (line.startsWith(FENCE)) {
                fenced = !fenced;
            } else if (fenced || indented) {
                code.add(line.strip());
            } else {
                prose.append(line).append('\n');
                paragraph = !line.isBlank();
            }
        }
        return new Document(file, text, prose.toString(), List.copyOf(code));
    }

    /** Return the texts between backquotes; one may go over the end of a line. */
    List<String> spans() {
        return find(SPAN, prose).map(span -> span.group(1).replace('\n', ' ')).toList();
    }

    /** Return all that is code: blocks, line by line, and spans. */
    List<String> codes() {
        return Stream.concat(code.stream(), spans().stream()).toList();
    }

    /** Return the prose without the texts between backquotes and the definitions of references. */
    String words() {
        return SPAN.matcher(DEFINITION.matcher(prose).replaceAll("")).replaceAll("``");
    }

    /** Return the names by which links lead to its headings. */
    List<String> anchors() {
        return find(HEADING, prose)
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Return a finding of a test: which document, and what. */
    String says(String what) {
        return InProcess.ROOT.relativize(file) + ": " + what;
    }

    /** Return the matches of a pattern's first group, sorted. */
    static NavigableSet<String> names(Pattern pattern, String text) {
        NavigableSet<String> names = new TreeSet<>();
        find(pattern, text).forEach(found -> names.add(found.group(1)));
        return names;
    }

    static Stream<MatchResult> find(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
