package dev.chainrule.math;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;

/** Give each class of pair functions loops of its own; why and how is said at {@link FloatFunctionLoops}. */
final class FloatPairLoops extends ClassValue<FloatPairLoop> {
    static final FloatPairLoops INSTANCE = new FloatPairLoops();

    private FloatPairLoops() {}

    @Override
    protected FloatPairLoop computeValue(Class<?> function) {
        try (InputStream in = FloatPairLoopBody.class.getResourceAsStream("FloatPairLoopBody.class")) {
            if (in == null) {
                return new FloatPairLoopBody(); // a class loader that shows no resources costs speed, nothing else
            }
            Class<?> own = MethodHandles.lookup()
                    .defineHiddenClass(in.readAllBytes(), true)
                    .lookupClass();
            return (FloatPairLoop) own.getDeclaredConstructor().newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the loops of " + function + " cannot be made", e);
        }
    }
}
