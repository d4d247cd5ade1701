package dev.chainrule.builtin;

import dev.chainrule.api.Api;
import dev.chainrule.api.Plugin;
import dev.chainrule.builtin.data.CsvSource;
import dev.chainrule.builtin.data.IdxSource;
import dev.chainrule.builtin.data.ImageSource;
import dev.chainrule.builtin.data.InlineSource;
import dev.chainrule.builtin.data.MnistSource;
import dev.chainrule.builtin.transform.OneHot;
import dev.chainrule.builtin.transform.Scale;
import dev.chainrule.builtin.transform.Standardize;
import java.util.List;

/** List the built-in components. */
public final class BuiltinPlugin implements Plugin {
    @Override
    public int apiLevel() {
        return Api.LEVEL;
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(
                CsvSource.class,
                IdxSource.class,
                ImageSource.class,
                InlineSource.class,
                MnistSource.class,
                OneHot.class,
                Scale.class,
                Standardize.class);
    }
}
