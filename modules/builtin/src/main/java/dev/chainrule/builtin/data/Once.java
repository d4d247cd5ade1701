package dev.chainrule.builtin.data;

import java.util.function.Supplier;

/**
 * Make a value when it is first asked for: most commands look at a config's data and never need all of it. Safe for several
 * threads; who asks while it is being made waits.
 */
public final class Once<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private volatile T value;

    /**
     * Make nothing yet.
     *
     * @param maker called once, unless it throws; never returns null
     */
    public Once(Supplier<T> maker) {
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
