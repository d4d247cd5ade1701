package dev.chainrule.config.compose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A finder of secrets' forms in texts, also of the remainder of one in a truncated text. */
final class SecretFinder {
    static final SecretFinder NONE = new SecretFinder(Map.of(), Map.of());

    private static final String CUT = "…";

    private final Pattern pattern;
    private final List<Map.Entry<String, String>> forms;
    /** The replacement for each group of the pattern. */
    private final List<String> written;

    /**
     * Create a finder.
     *
     * @param texts the replacement for each form that is found within words, too
     * @param numbers the replacement for each form that is only found if it is not within a longer number or word
     */
    SecretFinder(Map<String, String> texts, Map<String, String> numbers) {
        forms = longestFirst(texts);
        List<String> replacements = new ArrayList<>();
        StringBuilder alternatives = new StringBuilder("(?!)");
        // A reference may contain the letters of a value: it is found first and stays.
        Set<String> references = new LinkedHashSet<>(texts.values());
        references.forEach(reference -> alternatives.append('|').append(Pattern.quote(reference)));
        for (Map.Entry<String, String> form : forms) {
            alternatives.append("|(").append(SecretForms.pattern(form.getKey())).append(')');
            replacements.add(form.getValue());
        }
        for (Map.Entry<String, String> form : longestFirst(numbers)) {
            alternatives.append("|(?<![\\p{Alnum}.])(").append(Pattern.quote(form.getKey()));
            alternatives.append(")(?!\\.?\\p{Alnum})");
            replacements.add(form.getValue());
        }
        written = List.copyOf(replacements);
        pattern = Pattern.compile(alternatives.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static List<Map.Entry<String, String>> longestFirst(Map<String, String> forms) {
        return forms.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(entry -> -entry.getKey().length()))
                .toList();
    }

    /** Return a text with each form replaced. */
    String replace(String text) {
        if (forms.isEmpty()) {
            return text;
        }
        String replaced = pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(shown(found)));
        return replaced.contains(CUT) ? withoutRests(replaced) : replaced;
    }

    private String shown(MatchResult found) {
        for (int group = 1; group <= found.groupCount(); group++) {
            if (found.group(group) != null) {
                return written.get(group - 1);
            }
        }
        return found.group();
    }

    private String withoutRests(String text) {
        String[] pieces = text.split(CUT, -1);
        for (int i = 0; i < pieces.length; i++) {
            Rest middle = i > 0 && i < pieces.length - 1 ? inside(pieces[i]) : Rest.NONE;
            if (middle.length() > 0) {
                pieces[i] = middle.written();
                continue;
            }
            if (i > 0) {
                Rest rest = atBegin(pieces[i]);
                pieces[i] = rest.written() + pieces[i].substring(rest.length());
            }
            if (i < pieces.length - 1) {
                Rest rest = atEnd(pieces[i]);
                pieces[i] = pieces[i].substring(0, pieces[i].length() - rest.length()) + rest.written();
            }
        }
        return String.join(CUT, pieces);
    }

    /** The remainder of a truncated value, with its replacement. */
    private record Rest(int length, String written) {
        static final Rest NONE = new Rest(0, "");
    }

    private Rest inside(String piece) {
        return forms.stream()
                .filter(form -> piece.length() >= Secrets.SHORTEST)
                .filter(form -> contains(form.getKey(), piece))
                .findFirst()
                .map(form -> new Rest(piece.length(), form.getValue()))
                .orElse(Rest.NONE);
    }

    private static boolean contains(String text, String part) {
        for (int at = 0; at <= text.length() - part.length(); at++) {
            if (text.regionMatches(true, at, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }

    private Rest atEnd(String piece) {
        Rest longest = Rest.NONE;
        for (Map.Entry<String, String> form : forms) {
            String text = form.getKey();
            for (int length = Math.min(text.length(), piece.length()); length >= least(longest); length--) {
                if (piece.regionMatches(true, piece.length() - length, text, 0, length)) {
                    longest = new Rest(length, form.getValue());
                }
            }
        }
        return longest;
    }

    private Rest atBegin(String piece) {
        Rest longest = Rest.NONE;
        for (Map.Entry<String, String> form : forms) {
            String text = form.getKey();
            for (int length = Math.min(text.length(), piece.length()); length >= least(longest); length--) {
                if (piece.regionMatches(true, 0, text, text.length() - length, length)) {
                    longest = new Rest(length, form.getValue());
                }
            }
        }
        return longest;
    }

    private static int least(Rest longest) {
        return Math.max(Secrets.SHORTEST, longest.length() + 1);
    }
}
