package dev.chainrule.app.run;

import dev.chainrule.app.shell.PluginFailure;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.engine.record.Blame;
import jakarta.inject.Inject;

/** The judge of failures who knows the plugins' components. */
final class PluginJudge implements Blame.Judge {
    private final Registry registry;

    @Inject
    PluginJudge(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Blame blame(Throwable failure) {
        return PluginFailure.blame(failure, registry);
    }
}
