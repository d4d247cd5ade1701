package dev.chainrule.engine.advice;

import dev.chainrule.engine.assembly.Advice;
import dev.chainrule.engine.assembly.Assembly;
import java.util.ArrayList;
import java.util.List;

/** A search of an assembled run for settings that are legal but almost certainly mistakes. */
public final class Adviser {
    private Adviser() {}

    /** Return all advice that the config does not explicitly allow. */
    public static List<Advice> of(Assembly assembly) {
        List<Advice> all = new ArrayList<>(OutputAdvice.of(assembly));
        all.addAll(LayerAdvice.of(assembly));
        all.addAll(TargetAdvice.of(assembly));
        all.addAll(TargetScale.of(assembly));
        all.addAll(InputAdvice.of(assembly));
        all.addAll(ColumnAdvice.of(assembly));
        all.addAll(BatchAdvice.of(assembly));
        all.addAll(RateAdvice.of(assembly));
        all.removeIf(advice -> assembly.experiment().allow().contains(advice.kind()));
        return List.copyOf(all);
    }
}
