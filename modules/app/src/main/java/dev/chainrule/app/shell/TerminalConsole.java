package dev.chainrule.app.shell;

import dev.chainrule.api.Console;
import dev.chainrule.config.compose.Secrets;
import java.io.PrintStream;

/** Show text on a terminal, with one live line at the bottom, or plainly where the output goes elsewhere. */
public final class TerminalConsole implements Console {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final Secrets secrets;
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
    public TerminalConsole(PrintStream out, boolean live, boolean quiet, int width) {
        this(out, live, quiet, width, new Secrets());
    }

    /**
     * Create a console that hides some texts.
     *
     * @param secrets what must not be shown
     */
    public TerminalConsole(PrintStream out, boolean live, boolean quiet, int width, Secrets secrets) {
        this.out = out;
        this.secrets = secrets;
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
        out.println(secrets.hide(text));
        out.print(status);
        out.flush();
    }

    @Override
    public synchronized void status(String text) {
        if (!live) {
            return;
        }
        String shown = secrets.hide(text);
        String fitting = shown.length() < width ? shown : shown.substring(0, width - 1);
        if (!fitting.isEmpty() || !status.isEmpty()) {
            out.print(CLEAR_LINE + fitting);
            out.flush();
        }
        status = fitting;
    }
}
