package dev.chainrule.config.example;

import dev.chainrule.api.Api;
import dev.chainrule.api.Plugin;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.plugin.FoundPlugin;
import dev.chainrule.config.plugin.PluginLoader;
import dev.chainrule.config.registry.Origin;
import dev.chainrule.config.registry.Registry;
import java.util.List;

/** Bring the components of the tests. */
public final class ExamplePlugin implements Plugin {
    @Override
    public int apiLevel() {
        return Api.LEVEL;
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(
                Layers.Dense.class,
                Layers.Dropout.class,
                Layers.Pool.class,
                Layers.Fragile.class,
                Functions.Identity.class,
                Functions.Relu.class,
                Functions.Sigmoid.class,
                Functions.Softmax.class,
                Functions.Swish.class,
                Functions.ConstantInitializer.class,
                Functions.Normal.class,
                Functions.Values.class,
                Functions.ConstantSchedule.class,
                Functions.Cosine.class,
                Functions.Warmup.class,
                Functions.L2.class,
                Functions.CrossEntropy.class,
                Functions.Accuracy.class,
                Parts.Sgd.class,
                Parts.Adam.class,
                Parts.Digits.class,
                Parts.Mnist.class,
                Parts.Inline.class,
                Parts.Scale.class,
                Parts.ProgressHook.class,
                Parts.Checkpoint.class);
    }

    /** Return a registry of these components. */
    public static Registry registry() {
        Problems problems = new Problems();
        Registry registry =
                PluginLoader.register(List.of(new FoundPlugin(new ExamplePlugin(), Origin.BUILT_IN)), problems);
        registry.all().forEach(component -> new Binder(registry).checkDefaults(component, problems));
        problems.throwIfErrors();
        return registry;
    }
}
