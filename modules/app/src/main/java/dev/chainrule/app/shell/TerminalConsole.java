package dev.chainrule.app.shell;

import dev.chainrule.api.training.Console;
import dev.chainrule.config.ControlCharacters;
import dev.chainrule.config.compose.Secrets;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * A console that shows text on a terminal with one live line at the bottom, or plainly if the output goes elsewhere. On a terminal,
 * long lines are broken between words, since terminals break within numbers.
 */
public final class TerminalConsole implements Console {
    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_BELOW = "\r\u001b[J";

    private final PrintStream out;
    private final Secrets secrets;
    private final boolean live;
    private final boolean quiet;
    private final IntSupplier width;
    private String status = "";

    /**
     * Create a console.
     *
     * @param live whether the output is a terminal that understands control sequences
     * @param quiet whether nothing at all is shown
     * @param width of the terminal in columns, as it is now
     */
    public TerminalConsole(PrintStream out, boolean live, boolean quiet, IntSupplier width) {
        this(out, live, quiet, width, new Secrets());
    }

    /**
     * Create a console that hides some texts.
     *
     * @param secrets the texts that must not be shown
     */
    public TerminalConsole(PrintStream out, boolean live, boolean quiet, IntSupplier width, Secrets secrets) {
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
    public boolean unicode() {
        return Terminal.showsUnicode();
    }

    @Override
    public int width() {
        return width.getAsInt();
    }

    @Override
    public synchronized void line(String text) {
        if (quiet) {
            return;
        }
        clearStatus();
        String shown = ControlCharacters.escape(secrets.hide(text));
        if (live) {
            Words.wrap(shown, width()).forEach(out::println);
        } else {
            out.println(shown);
        }
        out.print(status);
        out.flush();
    }

    @Override
    public synchronized void status(String text) {
        if (!live) {
            return;
        }
        String shown = ControlCharacters.escape(secrets.hide(text).replace("\n", " "));
        int columns = width();
        // One column stays free: a full line makes some terminals wrap.
        String fitting = shown.length() < columns ? shown : shown.substring(0, columns - 1);
        if (!fitting.isEmpty() || !status.isEmpty()) {
            clearStatus();
            out.print(fitting);
            out.flush();
        }
        status = fitting;
    }

    /** A terminal that has become narrower shows the previous line on several rows. */
    private void clearStatus() {
        if (!status.isEmpty()) {
            int rows = (status.length() + width() - 1) / width();
            PlainStream.raw(out, (rows > 1 ? String.format(Locale.ROOT, UP, rows - 1) : "") + CLEAR_BELOW);
        }
    }
}
