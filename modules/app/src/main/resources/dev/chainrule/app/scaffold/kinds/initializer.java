package @package@;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

@Component("@name@")
@Doc("Normal draws of standard deviation scale / √inputs.")
public record @Name@(@Doc("Scales all of them.") @Default("1") double scale) implements Initializer {
    @Override
    public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                w.set(i, j, scale / Math.sqrt(fanIn) * draws.normal());
            }
        }
    }
}
