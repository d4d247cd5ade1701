package @package@;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

@Component("@name@")
@Doc("Gradient descent with momentum: v ← momentum·v + ∂C/∂w, then w ← w - η·v.")
public record @Name@(
        @Doc("The learning rate η: a number or a schedule.") @Default("0.1") Schedule learningRate,
        @Doc("The share of v that is kept at each update.") @Default("0.9") double momentum)
        implements OptimizerSpec {
    @Override
    public Optimizer create(List<Parameter> parameters, Kernels kernels) {
        SortedMap<String, Matrix> velocities = new TreeMap<>();
        for (Parameter parameter : parameters) {
            Matrix value = parameter.value();
            velocities.put(parameter.name() + ".velocity", kernels.matrix(value.rows(), value.columns()));
        }
        return new Optimizer() {
            @Override
            public void update(long step, double rate) {
                for (Parameter parameter : parameters) {
                    Matrix v = velocities.get(parameter.name() + ".velocity");
                    kernels.scale(momentum, v);
                    kernels.addScaled(1, parameter.gradient(), v);
                    kernels.addScaled(-rate, v, parameter.value());
                }
            }

            @Override
            public SortedMap<String, Matrix> state() {
                return velocities;
            }
        };
    }
}
