package dev.chainrule.builtin;

import dev.chainrule.api.Api;
import dev.chainrule.api.Plugin;
import dev.chainrule.builtin.digits.DigitsSource;
import java.util.List;

/** List the built-in components. */
public final class BuiltinPlugin implements Plugin {
    @Override
    public int apiLevel() {
        return Api.LEVEL;
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(DigitsSource.class);
    }
}
