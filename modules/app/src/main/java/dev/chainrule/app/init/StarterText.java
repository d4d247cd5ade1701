package dev.chainrule.app.init;

import dev.chainrule.config.write.Texts;
import java.util.List;
import java.util.stream.Collectors;

/** The texts of a table as they are written in a config. */
final class StarterText {
    private StarterText() {}

    /** Return a value as YAML that is never read as a reference. */
    static String of(String value) {
        return Texts.text(value.replace("${", "$${"));
    }

    static String of(char value) {
        return of(String.valueOf(value));
    }

    static String list(List<String> values) {
        return values.stream().map(StarterText::of).collect(Collectors.joining(", ", "[ ", " ]"));
    }

    /** Return a text for a comment: it must not end the line. */
    static String comment(String value) {
        return value.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", " ");
    }
}
