package dev.chainrule.builtin.data.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The division of a text into words: the longest runs of letters, marks and digits of Unicode, in lower case without regard to a
 * language. An apostrophe between two letters belongs to the word.
 */
final class WordRule {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['\u2019]\\p{L}[\\p{L}\\p{M}]*)*");

    private WordRule() {}

    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT)); matcher.find(); ) {
            words.add(matcher.group().replace('\u2019', '\''));
        }
        return words;
    }
}
