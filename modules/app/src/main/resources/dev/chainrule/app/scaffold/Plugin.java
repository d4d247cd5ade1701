package @package@;

import dev.chainrule.api.Api;
import dev.chainrule.api.Plugin;
import java.util.List;

/** The plugin that lists the components of this jar. */
public final class @Name@Plugin implements Plugin {
    @Override
    public int apiLevel() {
        return Api.LEVEL;
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(@Name@.class);
    }
}
