package dev.chainrule.model.composite;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;
import dev.chainrule.model.join.Joining;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Branches that read one input and are joined at their ends. */
@Component("parallel")
@Doc("Feeds its input to several branches, and joins their outputs.")
public record Parallel(
        @Doc("Layers by the name of their branch; a branch without layers, [], passes the input on.")
        Map<String, List<NamedLayer>> branches,

        @Doc("How the outputs of the branches are joined.") @Default("concat")
        Joining join)
        implements LayerSpec {
    public Parallel {
        ParameterException.require(!branches.isEmpty(), "branches", "empty", "two branches or more");
        if (branches.size() == 1) {
            throw new InputException(
                            "there is only one branch, "
                                    + branches.keySet().iterator().next(),
                            "Add another one; b: [] passes the input on.")
                    .atConfig("branches");
        }
        branches.keySet().forEach(Parallel::requireName);
    }

    private static void requireName(String branch) {
        try {
            NamedLayer.requireName("name", branch);
        } catch (ParameterException e) {
            throw new InputException("the branch's " + e.getMessage(), "Allowed: " + e.allowed() + ".")
                    .atConfig("branches." + branch);
        }
    }

    @Override
    public Value build(LayerContext context) {
        Value x = context.chain();
        List<Value> outputs = new ArrayList<>();
        branches.forEach((name, layers) -> outputs.add(context.build(name, layers, x)));
        return context.join(join.join(outputs, context.kernels()), outputs);
    }
}
