package dev.chainrule.config.node;

import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** The YAML parser's errors in plain words. */
final class SyntaxProblems {
    /** One error: the words in the parser's message, our message, and advice. */
    private record Words(String context, String problem, String message, String note) {
        boolean match(String givenContext, String givenProblem) {
            return givenContext.contains(context) && givenProblem.contains(problem);
        }
    }

    private static final List<Words> KNOWN = List.of(
            new Words("", "(TAB)", "a tab is used for indentation", "Use spaces."),
            new Words("", "character '@'", "a value cannot begin with @", "Write it in quotes."),
            new Words("", "character '`'", "a value cannot begin with `", "Write it in quotes."),
            new Words("", "character '%'", "a value cannot begin with %", "Write it in quotes."),
            new Words(
                    "",
                    "mapping values are not allowed here",
                    "a colon is not allowed here",
                    "Indent the keys of one block equally; write a text that contains ': ' in quotes."),
            new Words("", "mapping keys are not allowed here", "a key is not allowed here", "Check the indentation."),
            new Words(
                    "",
                    "sequence entries are not allowed here",
                    "a list item is not allowed here",
                    "Begin the list on the line after its key."),
            new Words(
                    "simple key",
                    "could not find expected ':'",
                    "a colon is missing after this",
                    "Write 'key: value'."),
            new Words("quoted scalar", "end of stream", "this quote is never closed", "Close it with the same quote."),
            new Words(
                    "quoted scalar",
                    "document separator",
                    "this quote is never closed",
                    "Close it with the same quote."),
            new Words(
                    "double-quoted scalar",
                    "escape",
                    "this is not an escape sequence of YAML",
                    "Double the backslash, or use single quotes, in which a backslash is literal."),
            new Words(
                    "flow sequence",
                    "expected ',' or ']'",
                    "this list is not closed properly",
                    "Separate items with commas and end with ]."),
            new Words(
                    "flow mapping",
                    "expected ',' or '}'",
                    "this mapping is not closed properly",
                    "Separate entries with commas and end with }."),
            new Words(
                    "block mapping",
                    "<block end>",
                    "this does not belong to the block above",
                    "Indent the keys of one block equally."),
            new Words(
                    "block collection",
                    "<block end>",
                    "this does not belong to the list above",
                    "Indent the items of one list equally, each beginning with '- '."),
            new Words(
                    "",
                    "expected the node content",
                    "a value is missing here",
                    "Check brackets, commas and indentation."),
            new Words(
                    "block scalar",
                    "",
                    "this block of text has an invalid header or indentation",
                    "Write | or > alone, and indent the text below equally."),
            new Words("anchor", "", "this anchor has no valid name", "If a text begins with &, write it in quotes."),
            new Words("alias", "", "this alias has no valid name", "If a text begins with *, write it in quotes."),
            new Words("tag", "", "tags are not supported", "If a text begins with !, write it in quotes."),
            new Words(
                    "",
                    "undefined tag handle",
                    "tags are not supported",
                    "If a text begins with !, write it in quotes."),
            new Words("directive", "", "this directive is not supported", "Remove the line that begins with %."),
            new Words("", "directive", "this directive is not supported", "Remove the line that begins with %."),
            new Words(
                    "",
                    "incompatible YAML document",
                    "only YAML 1 is supported",
                    "Remove the line that begins with %YAML."),
            new Words("", "<document start>", "this does not belong to the document above", "Check the indentation."));

    private SyntaxProblems() {}

    /** Return the error as a problem at its place. */
    static Problem of(MarkedYAMLException e, Source source) {
        String context = Optional.ofNullable(e.getContext()).orElse("");
        String problem = Optional.ofNullable(e.getProblem()).orElse("");
        boolean neverClosed = context.contains("quoted scalar") && !problem.contains("escape");
        var snakeMark = neverClosed && e.getContextMark() != null ? e.getContextMark() : e.getProblemMark();
        if (context.contains("simple key") && e.getContextMark() != null) {
            snakeMark = e.getContextMark();
        }
        Mark mark = snakeMark == null ? Mark.whole(source) : mark(source, snakeMark, snakeMark);
        Optional<Mark> reference = bareReference(mark);
        if (reference.isPresent()) {
            Mark at = reference.get();
            String text = at.source().line(at.line()).orElse("");
            String written = text.substring(
                    text.offsetByCodePoints(0, at.column() - 1), text.offsetByCodePoints(0, at.endColumn() - 1));
            return Problem.error(
                    at,
                    written + " is written without quotes here",
                    "Within { } and [ ] YAML reads its braces as a mapping: write \"" + written + "\".");
        }
        List<String> opened = e.getContextMark() != null
                        && e.getContextMark() != snakeMark
                        && context.contains("flow")
                        && !source.isArguments()
                ? List.of("It was opened in line " + (e.getContextMark().getLine() + 1) + ".")
                : List.of();
        for (Words words : KNOWN) {
            if (words.match(context, problem)) {
                List<String> notes = new ArrayList<>(opened);
                notes.add(words.note());
                return Problem.error(mark, "", words.message(), notes);
            }
        }
        return Problem.error(mark, "this is not valid YAML: " + problem, "Check brackets, quotes and indentation.");
    }

    /** Return the place of a {@code ${…}} whose brace the parser took for a mapping. */
    private static Optional<Mark> bareReference(Mark brace) {
        int[] line = brace.source().line(brace.line()).orElse("").codePoints().toArray();
        int at = brace.column() - 1;
        if (at < 1 || at >= line.length || line[at] != '{' || line[at - 1] != '$') {
            return Optional.empty();
        }
        int end = at;
        int depth = 0;
        do {
            depth += line[end] == '{' ? 1 : line[end] == '}' ? -1 : 0;
            end++;
        } while (depth > 0 && end < line.length);
        return depth == 0
                ? Optional.of(new Mark(brace.source(), brace.line(), at, end + 1))
                : Optional.of(new Mark(brace.source(), brace.line(), at, at + 2));
    }

    /** Return our mark; a token over several lines is underlined on its first. */
    static Mark mark(Source source, org.yaml.snakeyaml.error.Mark start, org.yaml.snakeyaml.error.Mark end) {
        int line = start.getLine() + 1;
        int column = start.getColumn() + 1;
        String text = source.line(line).orElse("").stripTrailing();
        int lineEnd = text.codePointCount(0, text.length()) + 1;
        int endColumn = end.getLine() == start.getLine() ? end.getColumn() + 1 : lineEnd;
        return new Mark(source, line, column, Math.max(endColumn, column));
    }
}
