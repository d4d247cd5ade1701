package dev.chainrule.api.training;

import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Matrix;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of one part of a run between two steps, by name, so that a resumed run is bit-identical. A value is read with the
 * same name and type with which it was put in.
 */
public final class State {
    private final SortedMap<String, String> texts = new TreeMap<>();
    private final SortedMap<String, Matrix> matrices = new TreeMap<>();

    /** Create an empty state. */
    public State() {}

    /**
     * {@return the present state of a part of a run}
     *
     * @param part saved. Not modified.
     */
    public static State of(Stateful part) {
        State state = new State();
        part.save(state);
        return state;
    }

    /**
     * Put in text.
     *
     * @param name the name of the value
     * @param text any
     * @return this
     */
    public State put(String name, String text) {
        texts.put(name, text);
        return this;
    }

    /**
     * Put in a whole number.
     *
     * @param name the name of the value
     * @param number any
     * @return this
     */
    public State put(String name, long number) {
        return put(name, Long.toString(number));
    }

    /**
     * Put in a number, exactly.
     *
     * @param name the name of the value
     * @param number any
     * @return this
     */
    public State put(String name, double number) {
        return put(name, Double.toHexString(number));
    }

    /**
     * Put in a matrix.
     *
     * @param name the name of the value
     * @param matrix copied when {@code save} returns. Not modified.
     * @return this
     */
    public State put(String name, Matrix matrix) {
        matrices.put(name, matrix);
        return this;
    }

    /**
     * {@return whether there is a text or a number with this name}
     *
     * @param name as it was put in
     */
    public boolean has(String name) {
        return texts.containsKey(name);
    }

    /**
     * Return text.
     *
     * @param name as it was put in
     * @return the value
     * @throws InputException if there is none
     */
    public String text(String name) {
        String text = texts.get(name);
        if (text == null) {
            throw missing(name);
        }
        return text;
    }

    /**
     * Return a whole number.
     *
     * @param name as it was put in
     * @return the value
     * @throws InputException if there is none
     */
    public long whole(String name) {
        try {
            return Long.parseLong(text(name));
        } catch (NumberFormatException e) {
            throw new InputException("saved '" + name + "' is '" + text(name) + "': a whole number is required");
        }
    }

    /**
     * Return a number.
     *
     * @param name as it was put in
     * @return the value
     * @throws InputException if there is none
     */
    public double number(String name) {
        try {
            return Double.parseDouble(text(name));
        } catch (NumberFormatException e) {
            throw new InputException("saved '" + name + "' is '" + text(name) + "': a number is required");
        }
    }

    /**
     * Return a matrix.
     *
     * @param name as it was put in
     * @return the value
     * @throws InputException if there is none
     */
    public Matrix matrix(String name) {
        Matrix matrix = matrices.get(name);
        if (matrix == null) {
            throw missing(name);
        }
        return matrix;
    }

    /** {@return all texts and numbers, as text} */
    public SortedMap<String, String> texts() {
        return Collections.unmodifiableSortedMap(texts);
    }

    /** {@return all matrices} */
    public SortedMap<String, Matrix> matrices() {
        return Collections.unmodifiableSortedMap(matrices);
    }

    private static InputException missing(String name) {
        return new InputException("the saved state lacks '" + name + "'", "It was saved by another version.");
    }
}
