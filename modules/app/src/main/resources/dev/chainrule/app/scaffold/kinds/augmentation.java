package @package@;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.Encoding;

@Component("@name@")
@Doc("Sets each input to 0 with a probability.")
public record @Name@(@Doc("The probability.") @Default("0.1") double rate) implements AugmentationSpec {
    @Override
    public Augmentation create(Encoding encoding) {
        return (x, row, out, draws) -> {
            for (int j = 0; j < x.columns(); j++) {
                out.set(row, j, draws.uniform24() < rate ? 0 : x.get(row, j));
            }
        };
    }
}
