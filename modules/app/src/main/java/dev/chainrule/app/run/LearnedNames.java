package dev.chainrule.app.run;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.config.compose.Secrets;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.model.ModelFile;
import java.util.stream.Stream;

/**
 * The check that no secret becomes part of a model: a model stores the names of layers, inputs, columns and classes, which cannot be
 * replaced there, since predictions need them.
 */
final class LearnedNames {
    private LearnedNames() {}

    /** Check before a run begins. */
    static void check(Assembly assembly, LoadedConfig loaded) {
        Secrets secrets = loaded.composed().secrets();
        Encoding encoding = assembly.datasets().train().encoding();
        Stream.of(
                        ModelFile.tensors(assembly.network(), assembly.pipeline()).keySet().stream(),
                        encoding.targets().values().stream().flatMap(target -> target.names().stream()),
                        encoding.inputs().stream().map(Encoding.Input::name),
                        encoding.columns().stream().map(Encoding.Column::name),
                        encoding.columns().stream().flatMap(column -> column.categories().stream()))
                .flatMap(names -> names)
                .filter(name -> !secrets.hideWhole(name).equals(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InputException(
                            "the model would contain a secret: " + secrets.hideWhole(name),
                            "A model stores the names of layers, inputs, columns and classes. Use ${env:NAME} for "
                                    + "these, or choose a secret that differs from all of them.");
                });
    }
}
