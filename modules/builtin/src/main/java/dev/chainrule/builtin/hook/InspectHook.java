package dev.chainrule.builtin.hook;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Run;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Hook;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A printout of every digit of a small network, to follow a calculation by hand. */
@Component("inspect")
@Doc("Prints cost, gradients and parameters after given steps, with all digits: for small networks, to follow "
        + "backpropagation.")
public record InspectHook(
        @Doc("The steps after which to print, counted from 1.")
        List<Integer> after) implements HookSpec {
    public InspectHook {
        after = List.copyOf(after);
        ParameterException.require(
                !after.isEmpty() && after.stream().allMatch(step -> step >= 1), "after", after, "numbers of 1 or more");
    }

    @Override
    public Hook create(Run run) {
        return new Hook() {
            @Override
            public void onStepEnd() {
                long step = run.progress().step();
                if (after.stream().anyMatch(wanted -> wanted == step)) {
                    print(run, step);
                }
            }
        };
    }

    private static void print(Run run, long step) {
        run.console().line("step " + step + ": cost before it " + Numbers.format(run.loss()));
        for (Parameter parameter : run.parameters()) {
            run.console().line("  ∂C/∂ " + parameter.name() + " " + text(parameter.gradient()));
            run.console().line("  new  " + parameter.name() + " " + text(parameter.value()));
        }
    }

    private static String text(Matrix matrix) {
        return IntStream.range(0, matrix.rows())
                .mapToObj(i -> IntStream.range(0, matrix.columns())
                        .mapToObj(j -> Numbers.format(matrix.get(i, j)))
                        .collect(Collectors.joining(", ", "[", "]")))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
