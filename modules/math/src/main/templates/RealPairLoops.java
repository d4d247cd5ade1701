package dev.chainrule.math;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;

/** Give each class of pair functions loops of its own; why and how is said at {@link @Real@FunctionLoops}. */
final class @Real@PairLoops extends ClassValue<@Real@PairLoop> {
    static final @Real@PairLoops INSTANCE = new @Real@PairLoops();

    private @Real@PairLoops() {}

    @Override
    protected @Real@PairLoop computeValue(Class<?> function) {
        try (InputStream in = @Real@PairLoopBody.class.getResourceAsStream("@Real@PairLoopBody.class")) {
            if (in == null) {
                return new @Real@PairLoopBody(); // a class loader that shows no resources costs speed, nothing else
            }
            Class<?> own = MethodHandles.lookup().defineHiddenClass(in.readAllBytes(), true).lookupClass();
            return (@Real@PairLoop) own.getDeclaredConstructor().newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the loops of " + function + " cannot be made", e);
        }
    }
}
