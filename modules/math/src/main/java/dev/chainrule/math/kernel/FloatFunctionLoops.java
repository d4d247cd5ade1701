package dev.chainrule.math.kernel;

import dev.chainrule.math.FloatPairLoops;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;

/** The loops of each class of functions, defined like {@link FloatPairLoops}, for the same reason. */
final class FloatFunctionLoops extends ClassValue<FloatFunctionLoop> {
    static final FloatFunctionLoops INSTANCE = new FloatFunctionLoops();

    private FloatFunctionLoops() {}

    @Override
    protected FloatFunctionLoop computeValue(Class<?> function) {
        try (InputStream in = FloatFunctionLoopBody.class.getResourceAsStream("FloatFunctionLoopBody.class")) {
            if (in == null) {
                return new FloatFunctionLoopBody(); // a class loader without resources only costs speed
            }
            Class<?> own = MethodHandles.lookup()
                    .defineHiddenClass(in.readAllBytes(), true)
                    .lookupClass();
            return (FloatFunctionLoop) own.getDeclaredConstructor().newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the loops of " + function + " cannot be made", e);
        }
    }
}
