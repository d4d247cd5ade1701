package dev.chainrule.app.plugged;

import dev.chainrule.api.Api;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Plugin;
import dev.chainrule.api.Run;
import dev.chainrule.api.error.RunException;
import dev.chainrule.api.training.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Count steps and write the count down. */
@Component("witness")
@Doc("Writes into the run's directory how many steps it saw, and how many parameters.")
public record Witness() implements HookSpec {
    @Override
    public Hook create(Run run) {
        return new Hook() {
            private long steps;

            @Override
            public void onStepEnd() {
                steps++;
            }

            @Override
            public void onRunEnd(Ending ending) {
                try {
                    Files.writeString(
                            run.directory().resolve("witness.txt"),
                            steps + " steps, " + run.parameters().size() + " parameters, " + ending);
                } catch (IOException e) {
                    throw new RunException("cannot write what was seen", e);
                }
            }
        };
    }

    /** Name the one component. */
    public static final class Entry implements Plugin {
        @Override
        public int apiLevel() {
            return Api.LEVEL;
        }

        @Override
        public List<Class<? extends Record>> components() {
            return List.of(Witness.class);
        }
    }
}
