package dev.chainrule.api.error;

import java.util.List;

/** Lists of names in messages. */
public final class NameLists {
    private static final int SHOWN = 20;

    private NameLists() {}

    /**
     * {@return names for a message, truncated if there are many}
     *
     * @param names in the order in which they are shown
     */
    public static String shown(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return names.size() <= SHOWN ? shown : shown + " and " + (names.size() - SHOWN) + " more";
    }
}
