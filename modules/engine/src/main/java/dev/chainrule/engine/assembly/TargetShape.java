package dev.chainrule.engine.assembly;

import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import java.util.List;
import java.util.stream.Collectors;

/** The shape of a target with positions, which is that of the output that learns it but for the last axis. */
public record TargetShape(Target target) {
    /**
     * Return the shape of an output that losses and metrics see: that of a position, or of an example if the target has no positions.
     *
     * @throws InputException if the output has other positions than the target
     */
    Shape seen(Shape output) {
        List<Integer> sides = output.dimensions();
        if (target.positions().isEmpty()) {
            return output;
        }
        if (!sides.subList(0, sides.size() - 1).equals(target.positions())) {
            throw mismatch(output);
        }
        return Shape.of(sides.get(sides.size() - 1));
    }

    private InputException mismatch(Shape output) {
        boolean single = target.isClass() && target.names().size() == 2 && output.size() == target.rows();
        int numbers = single ? 1 : target.names().size();
        int wanted = target.rows() * numbers;
        String reshape = "{ type: reshape, to: "
                + target.positions().stream().map(String::valueOf).collect(Collectors.joining(", ", "[ ", ", "))
                + numbers + " ] }";
        boolean sameAxes = output.dimensions().size() == target.positions().size() + 1;
        return new InputException(
                "the output is " + output.named() + ", but the target is " + named(),
                output.size() == wanted
                        ? "Add " + reshape + " before the last activation."
                        : (sameAxes ? "Keep the positions, as conv does with padding: same, or give" : "Give")
                                + " a layer units: " + wanted + ", and add " + reshape + " after it.");
    }

    /** Return the lengths of the axes with their names: {@code [steps 6, classes 3]}. */
    public String named() {
        List<Integer> positions = target.positions();
        String before = positions.size() == 1
                ? "steps " + positions.get(0) + ", "
                : positions.size() == 2 ? "height " + positions.get(0) + ", width " + positions.get(1) + ", " : "";
        return "[" + before + (target.isClass() ? "classes " : "values ")
                + target.names().size() + "]";
    }
}
