package dev.chainrule.app.plugged;

import dev.chainrule.api.Api;
import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Plugin;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.Progress;
import java.util.List;

/** Compute η = from / 2^epoch. */
@Component("halving")
@Doc("Half the rate in each epoch.")
public record Halving(
        @Doc("The rate of the first epoch.") @Default("0.1") double from) implements Schedule {
    @Override
    public double rate(Progress progress) {
        double rate = from;
        for (int i = 0; i < progress.epoch(); i++) {
            rate /= 2;
        }
        return rate;
    }

    /** Name the one component. */
    public static final class Entry implements Plugin {
        @Override
        public int apiLevel() {
            return Api.LEVEL;
        }

        @Override
        public List<Class<? extends Record>> components() {
            return List.of(Halving.class);
        }
    }
}
