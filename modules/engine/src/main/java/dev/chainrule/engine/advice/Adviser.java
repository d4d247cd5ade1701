package dev.chainrule.engine.advice;

import dev.chainrule.engine.Advice;
import dev.chainrule.engine.Assembly;
import java.util.List;
import java.util.function.Function;

/** Look at an assembled run for what is allowed and hardly ever meant. */
public final class Adviser {
    private static final List<Function<Assembly, List<Advice>>> ALL =
            List.of(OutputAdvice::of, LayerAdvice::of, TargetAdvice::of, InputAdvice::of, RateAdvice::of);

    private Adviser() {}

    /** Return everything that the config does not allow on purpose. */
    public static List<Advice> of(Assembly assembly) {
        return ALL.stream()
                .flatMap(adviser -> adviser.apply(assembly).stream())
                .filter(advice -> !assembly.experiment().allow().contains(advice.caution()))
                .toList();
    }
}
