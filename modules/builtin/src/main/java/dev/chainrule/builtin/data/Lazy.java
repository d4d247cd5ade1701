package dev.chainrule.builtin.data;

import java.util.function.Supplier;

/**
 * A value computed when first needed: most commands use a part of a config's data and never all of it. Safe for several
 * threads; a thread that needs it during the computation waits.
 */
public final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private volatile T value;

    /**
     * Create the value's holder without computing it.
     *
     * @param maker called once, unless it throws; never returns null
     */
    public Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        T made = value;
        if (made == null) {
            synchronized (this) {
                made = value;
                if (made == null) {
                    made = maker.get();
                    value = made;
                }
            }
        }
        return made;
    }
}
