package dev.chainrule.app.launch;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Take arguments to another process unchanged.
 *
 * <p>Java encodes them by the locale, in which "é" may not exist, and Windows has no agreed way to quote. So whatever is not plain
 * travels percent-encoded; the child then has the very strings that its parent had.
 */
final class Arguments {
    private Arguments() {}

    /** Return whether all arrive unchanged as they are. */
    static boolean arePlain(String[] args) {
        for (String arg : args) {
            for (int i = 0; i < arg.length(); i++) {
                char c = arg.charAt(i);
                if (c < ' ' || c > '~' || c == '"') {
                    return false;
                }
            }
        }
        return true;
    }

    static String[] escape(String[] args) {
        String[] escaped = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            escaped[i] = URLEncoder.encode(args[i], StandardCharsets.UTF_8);
        }
        return escaped;
    }

    static String[] unescape(String[] args) {
        String[] plain = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            plain[i] = URLDecoder.decode(args[i], StandardCharsets.UTF_8);
        }
        return plain;
    }
}
