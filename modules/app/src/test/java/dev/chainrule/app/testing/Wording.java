package dev.chainrule.app.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The wording of the project's own files: their texts, and the words in these that a native reader reads twice. */
public final class Wording {
    /** Words for which CONTRIBUTING.md has better ones: "is no X" for "is not an X", "a line an epoch" for "a line per epoch". */
    private static final Pattern AWKWARD = Pattern.compile("\\b(anew|g(?:one|oes|oing|o) on (?:with|from)"
            + "|c(?:ould|an|annot) (?:not )?be had|another one than|so manieth|ha(?:s|ve) not(?=[.,;:])"
            + "|(?<!there )(?:is|are) no (?!longer|larger|better|more|less|worse)[a-z]+"
            + "|stands? in|asked for|(?:is|are) meant|in place of|whoever|kin|youngest|by heart|handed (?:on|around)"
            + "|(?:line|list|name|cost|row|example)s? an? (?:epoch|step|example|row))(?!\\w)");
    /** A relative "what" is nearly always a noun that is missing. */
    private static final Pattern WHAT = Pattern.compile("\\bwhat\\b");

    private static final Pattern WORD = Pattern.compile("[a-z']+");
    private static final Pattern TOKEN = Pattern.compile("(?s)\"\"\"(.*?)(?<!\\\\)\"\"\"|\"((?:\\\\.|[^\"\\\\\\n])*)\""
            + "|'(?:\\\\.|[^'\\\\])+'|(/\\*.*?\\*/|//[^\\n]*)");
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");

    private Wording() {}

    /** Return the awkward words of a text. */
    public static List<String> awkward(String text) {
        return AWKWARD.matcher(oneLine(text)).results().map(MatchResult::group).toList();
    }

    /** Return how often a text says "what". */
    public static long whats(String text) {
        return WHAT.matcher(oneLine(text)).results().count();
    }

    /** Return the number of words in a text. */
    public static long words(String text) {
        return WORD.matcher(oneLine(text)).results().count();
    }

    /** Return the comments of a source, without the braces of Javadoc's tags. */
    public static String comments(String source) {
        return TOKEN.matcher(source)
                .results()
                .filter(token -> token.group(3) != null)
                .map(token ->
                        token.group(3).replaceAll("\\{@\\w+ ([^}]*)\\}", "$1").replaceAll("\\s*\\n\\s*\\*?\\s*", " "))
                .collect(Collectors.joining(" "));
    }

    /** Return the literal texts of a source, those that are joined by + in one piece, each on a line. */
    public static String literals(String source) {
        return TOKEN.matcher(JOINED.matcher(source).replaceAll(""))
                .results()
                .map(token -> token.group(1) != null ? token.group(1) : token.group(2))
                .filter(text -> text != null)
                .collect(Collectors.joining(" |\n"));
    }

    /** Return the texts of the project's own files by path, of those below a folder that a test accepts. */
    public static Map<Path, String> files(String folder, Predicate<String> accepted) throws IOException {
        Map<Path, String> texts = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(InProcess.ROOT.resolve(folder))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Path path = InProcess.ROOT.relativize(file);
                String name = path.toString().replace('\\', '/');
                if (!name.contains("/target/") && accepted.test(name)) {
                    texts.put(path, Files.readString(file));
                }
            }
        }
        return texts;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
