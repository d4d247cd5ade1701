package dev.chainrule.engine.contract;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/**
 * The contract of every component as a record: recreated from its own parameters it is equal and has the same hash. Provenance
 * compares components, and a run must not depend on which of two equal ones it was given.
 */
public final class RecordContract {
    private RecordContract() {}

    /** Return everything that breaks the contract; empty if it is kept. */
    public static List<Finding> check(Record component) {
        return Findings.of(findings -> {
            Record again = again(component);
            findings.require(component.equals(again), "made again from its parameters", component, again);
            findings.require(
                    component.hashCode() == again.hashCode(),
                    "hash code when made again",
                    component.hashCode(),
                    again.hashCode());
        });
    }

    private static Record again(Record component) {
        RecordComponent[] parts = component.getClass().getRecordComponents();
        Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = new Object[parts.length];
        try {
            for (int i = 0; i < parts.length; i++) {
                parts[i].getAccessor().setAccessible(true);
                values[i] = parts[i].getAccessor().invoke(component);
            }
            Constructor<? extends Record> constructor = component.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the constructor refuses the record's own parameters: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
