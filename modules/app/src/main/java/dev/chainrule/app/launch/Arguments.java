package dev.chainrule.app.launch;

import java.io.File;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The arguments of a child process, which receives them unchanged.
 *
 * <p>Java encodes them by the locale, in which "é" may not exist, and Windows has no agreed way to quote. So arguments that are not
 * plain are percent-encoded; the child decodes them to the same strings.
 */
final class Arguments {
    private static final String OPEN_FILE = "/dev/fd/";

    private Arguments() {}

    /** Return whether all can be passed unencoded. */
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

    /**
     * Return arguments with the names under which a child finds this process's open files, of which it inherits none: a shell
     * writes {@code <(command)} as {@code /dev/fd/63}. On systems other than Linux there is no such name, and they stay as they
     * are.
     */
    static String[] reachable(String[] args) {
        String[] reachable = args.clone();
        for (int i = 0; i < args.length; i++) {
            // Of an argument such as --set data.train.file=/dev/fd/63, the part after the last =.
            int value = args[i].lastIndexOf('=') + 1;
            if (args[i].startsWith(OPEN_FILE, value)) {
                String open = "/proc/" + ProcessHandle.current().pid() + "/fd/"
                        + args[i].substring(value + OPEN_FILE.length());
                if (new File(open).exists()) {
                    reachable[i] = args[i].substring(0, value) + open;
                }
            }
        }
        return reachable;
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
