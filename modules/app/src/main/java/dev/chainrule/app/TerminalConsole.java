package dev.chainrule.app;

import dev.chainrule.api.Console;
import java.io.PrintStream;

/** Show text on a terminal, with one live line at the bottom, or plainly where the output goes elsewhere. */
final class TerminalConsole implements Console {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean live;
    private final boolean quiet;
    private final int width;
    private String status = "";

    /**
     * Create a console.
     *
     * @param live whether the output is a terminal that understands control sequences
     * @param quiet whether nothing at all is shown
     */
    TerminalConsole(PrintStream out, boolean live, boolean quiet, int width) {
        this.out = out;
        this.live = live && !quiet;
        this.quiet = quiet;
        this.width = width;
    }

    @Override
    public boolean live() {
        return live;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public synchronized void line(String text) {
        if (quiet) {
            return;
        }
        if (!status.isEmpty()) {
            out.print(CLEAR_LINE);
        }
        out.println(text);
        out.print(status);
        out.flush();
    }

    @Override
    public synchronized void status(String text) {
        if (!live) {
            return;
        }
        String fitting = text.length() < width ? text : text.substring(0, width - 1);
        if (!fitting.isEmpty() || !status.isEmpty()) {
            out.print(CLEAR_LINE + fitting);
            out.flush();
        }
        status = fitting;
    }
}
