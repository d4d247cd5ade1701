package dev.chainrule.app.command.show;

import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Progress;
import dev.chainrule.math.Numbers;
import dev.chainrule.model.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The learning rate of a run, drawn with characters: steps from left to right, rates upwards from 0. */
public final class RateChart {
    private static final int WIDTH = 60;
    private static final int HEIGHT = 12;
    /** The halves of a character: a rate is drawn in the lower or the upper one. */
    private static final int HALVES = 2 * HEIGHT;

    /** A rate in the lower and in the upper half of a character, the two axes, and the corner where they meet. */
    private static final String UNICODE = "▄▀│─└";

    private static final String ASCII = ".'|-+";

    private RateChart() {}

    /**
     * Draw a schedule.
     *
     * @param unicode whether characters beyond ASCII are shown
     * @return lines of at most 80 characters
     */
    public static List<String> of(Schedule schedule, long stepsPerEpoch, int epochs, boolean unicode) {
        String signs = unicode ? UNICODE : ASCII;
        long steps = stepsPerEpoch * epochs;
        double[] rates = new double[(int) Math.min(WIDTH, steps)];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = rate(schedule, i * steps / rates.length, stepsPerEpoch, epochs);
        }
        double last = rate(schedule, steps - 1, stepsPerEpoch, epochs);
        double greatest = Math.max(last, Arrays.stream(rates).max().orElse(0));
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "learning rate (%s) of %,d steps in %d %s:",
                Network.kind(schedule),
                steps,
                epochs,
                epochs == 1 ? "epoch" : "epochs"));
        schedule.metricsUsed()
                .forEach(
                        metric -> lines.add("as if " + metric + " never failed to improve, since it is not known yet"));
        int margin = Math.max(
                Numbers.rounded(greatest).length(),
                Numbers.rounded(greatest / 2).length());
        for (int line = 0; line < HEIGHT; line++) {
            String label = line == 0
                    ? Numbers.rounded(greatest)
                    : line == HEIGHT / 2 ? Numbers.rounded(greatest / 2) : line == HEIGHT - 1 ? "0" : "";
            lines.add((" ".repeat(margin - label.length()) + label + " " + signs.charAt(2)
                            + row(line, rates, greatest, signs))
                    .stripTrailing());
        }
        String end = String.format(Locale.ROOT, "%,d", steps);
        lines.add(" ".repeat(margin) + " " + signs.charAt(4)
                + signs.substring(3, 4).repeat(rates.length));
        lines.add(" ".repeat(margin + 2) + "1" + " ".repeat(Math.max(1, rates.length - 1 - end.length())) + end);
        lines.add("first " + Numbers.rounded(rates[0]) + ", greatest " + Numbers.rounded(greatest) + ", last "
                + Numbers.rounded(last));
        return lines;
    }

    private static double rate(Schedule schedule, long step, long stepsPerEpoch, int epochs) {
        return schedule.rate(Progress.at(step, stepsPerEpoch, epochs, History.EMPTY));
    }

    /** Return a line of the drawing; the one of half {@code h} from below shows rates from h to h + 1 of all halves. */
    private static String row(int line, double[] rates, double greatest, String signs) {
        StringBuilder row = new StringBuilder();
        for (double rate : rates) {
            int half = greatest > 0 ? Math.min(HALVES - 1, (int) (rate / greatest * HALVES)) : 0;
            int above = HALVES - 1 - half;
            row.append(above / 2 != line ? ' ' : signs.charAt(above % 2 == 0 ? 1 : 0));
        }
        return row.toString();
    }
}
