package dev.chainrule.config.compose;

import java.util.List;
import java.util.Map;

/** Texts written so that they are read back unchanged: a literal dollar sign before a brace is escaped. */
public final class Writing {
    private Writing() {}

    /** Return a text in which everything is literal. */
    public static String text(String text) {
        return text(text, List.of());
    }

    /** Return a text in which the values of some collections are references and everything else is literal. */
    static String text(String text, List<Secrets> hidden) {
        for (Secrets some : hidden) {
            for (Map.Entry<String, String> entry : some.values()) {
                int at = text.indexOf(entry.getKey());
                if (at >= 0) {
                    return text(text.substring(0, at), hidden)
                            + entry.getValue()
                            + text(text.substring(at + entry.getKey().length()), hidden);
                }
            }
        }
        return text.replace(Template.OPEN, "$" + Template.OPEN);
    }
}
