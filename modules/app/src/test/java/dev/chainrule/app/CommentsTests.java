package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.Wording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Test that comments are plain English: types begin with a noun, and things are named instead of called "what". */
final class CommentsTests {
    /** A relative "what" is nearly always a noun that is missing; mature code has one or two in 10,000 words. */
    private static final double MOST_WHATS = 4;

    private static final int PER_WORDS = 10_000;
    private static final int FEWEST_FILES = 700;
    private static final int FEWEST_TYPES = 700;
    private static final Pattern TYPE = Pattern.compile(
            "(?s)/\\*\\*[\\s*]*(\\w+)((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\((?:[^()\"]|\"(?:\\\\.|[^\"\\\\])*\"|\\([^()]*\\))*\\))?\\s*)*"
                    + "(?:(?:public|private|protected|static|final|abstract|sealed|non-sealed)\\s+)*"
                    + "(?:class|record|interface|enum|@interface|package)\\s+(\\w+)");
    /** Verbs that types once began with. */
    private static final Pattern VERB =
            Pattern.compile("(?:Add|Apply|Ask|Assemble|Be|Begin|Bind|Break|Build|Carry|Change|Check|Choose"
                    + "|Collect|Compare|Compute|Connect|Create|Declare|Describe|Divide|Download|Draw|End|Estimate|Evaluate|Fill|Find|Give|Go"
                    + "|Guess|Hash|Hear|Hold|Keep|Know|Lay|Learn|Let|List|Load|Look|Make|Multiply|Open|Pack|Paint|Pair|Play|Point|Print|Put"
                    + "|Quote|Read|Reckon|Refuse|Remember|Render|Replace|Report|Restore|Run|Save|Say|Send|Set|Show|Split|Start|Stop|Sum"
                    + "|Summarise|Take|Tell|Train|Turn|Unpack|Update|Warn|Watch|Write)"
                    + "|Finds|Gives|Hears|Holds|Keeps|Knows|Loads|Makes|Reads|Says|Shows|Takes|Tells|Turns|Unpacks|Writes"
                    + "|What|Whether|Who|How|When|Where|Which");

    private static Map<Path, String> sources() throws IOException {
        Map<Path, String> sources = new LinkedHashMap<>();
        for (String folder : List.of("modules", "plugins")) {
            sources.putAll(Wording.files(folder, name -> name.endsWith(".java") && name.contains("/src/main/java/")));
        }
        assertTrue(sources.size() >= FEWEST_FILES, sources.size() + " files");
        return sources;
    }

    @Test
    void comments_all_nameThings() throws IOException {
        long words = 0;
        Map<Path, Long> whats = new LinkedHashMap<>();
        for (Map.Entry<Path, String> source : sources().entrySet()) {
            String comments = Wording.comments(source.getValue());
            words += Wording.words(comments);
            long count = Wording.whats(comments);
            if (count > 0) {
                whats.put(source.getKey(), count);
            }
        }
        double rate =
                (double) whats.values().stream().mapToLong(Long::longValue).sum() * PER_WORDS / words;
        System.out.printf(Locale.ROOT, "comments: %d words, \"what\" %.1f times per %d%n", words, rate, PER_WORDS);
        assertTrue(rate <= MOST_WHATS, rate + " per " + PER_WORDS + " words: " + whats);
    }

    @Test
    void comments_all_doWithoutAwkwardWords() throws IOException {
        List<String> found = new ArrayList<>();
        sources()
                .forEach((file, text) ->
                        Wording.awkward(Wording.comments(text)).forEach(words -> found.add(file + ": " + words)));
        assertEquals(List.of(), found);
    }

    @Test
    void types_all_beginWithANoun() throws IOException {
        List<String> found = new ArrayList<>();
        int types = 0;
        for (Map.Entry<Path, String> source : sources().entrySet()) {
            Matcher type = TYPE.matcher(source.getValue());
            while (type.find()) {
                types++;
                if (VERB.matcher(type.group(1)).matches()) {
                    found.add(source.getKey() + ": " + type.group(3) + " begins with " + type.group(1));
                }
            }
        }
        assertTrue(types >= FEWEST_TYPES, types + " types");
        assertEquals(List.of(), found, found.size() + " of " + types + " types");
    }
}
