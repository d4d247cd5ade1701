package dev.chainrule.app.shell;

import dev.chainrule.config.ControlCharacters;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A stream of text in UTF-8 that shows control characters, so that no text from a config, a table or a record controls a terminal.
 */
final class PlainStream extends PrintStream {
    /** Create a stream that prints to another. */
    PlainStream(OutputStream out) {
        super(out, true, StandardCharsets.UTF_8);
    }

    /** Print a text of the program itself, such as a colour, unchanged. */
    static void raw(PrintStream out, String text) {
        if (out instanceof PlainStream plain) {
            plain.printRaw(text);
        } else {
            out.print(text);
        }
    }

    private void printRaw(String text) {
        super.print(text);
    }

    @Override
    public void print(String text) {
        super.print(ControlCharacters.escape(String.valueOf(text)));
    }

    @Override
    public void print(Object object) {
        print(String.valueOf(object));
    }
}
