package dev.chainrule.math.kernel.vector;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * A static method with a loop over vectors that C2 compiles on its own, never as a part of its caller.
 *
 * <p>C2 keeps vectors in registers as long as it knows the class of every vector on which a method is called. It knows the
 * class of each result while its graph has at most 18,000 nodes (NodeCountInliningCutoff), about as many as fifty calls of
 * the Vector API take. Beyond that limit it postpones inlining, has to take the class from the profile, and guards it. A
 * guard that fails leads to a trap, which costs nothing; but if the methods inlined so far have trapped a hundred times in
 * all (PerMethodTrapLimit), C2 compiles a virtual call instead, and the vector passed to it becomes an object at every step.
 * The methods that trap are those of the Vector API itself, used by all loops, and the number of their traps depends on the
 * order in which C2 compiled the loops. [1, 2]
 *
 * <p>So a loop over vectors must not share a graph with others, whatever C2 decides to inline. There are two reliable ways. A
 * method of more than 325 bytes of byte code (FreqInlineSize) is never inlined. And no method is inlined through a method
 * handle that is not a constant to C2, such as this one, whose field is not final. Furthermore, no vector that a loop carries
 * from step to step may have a method called on it within that loop, as C2 knows its class only from the profile; passing it
 * as an argument is harmless. {@code VectorLoopsTests} checks that each loop is compiled on its own,
 * {@code AllocationProbeTests} tries orders of compilation.
 *
 * <ol>
 *   <li>OpenJDK 17, {@code src/hotspot/share/opto/bytecodeInfo.cpp}, {@code InlineTree::try_to_inline}
 *   <li>OpenJDK 17, {@code src/hotspot/share/opto/compile.cpp}, {@code Compile::too_many_traps}, and {@code doCall.cpp}
 * </ol>
 */
final class SeparateLoop {
    /** Not final, though never changed: C2 must not treat it as a constant. */
    private MethodHandle method;

    /** Find the only method with this name in the class that looks it up. */
    SeparateLoop(MethodHandles.Lookup owner, String name) {
        Method[] found = Arrays.stream(owner.lookupClass().getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .toArray(Method[]::new);
        if (found.length != 1) {
            throw new IllegalStateException(owner.lookupClass() + " has " + found.length + " methods " + name);
        }
        try {
            method = owner.unreflect(found[0]);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Return the method, to be called by {@code invokeExact}. */
    MethodHandle method() {
        return method;
    }

    /** Return the exception to throw if the loop has thrown one. */
    static RuntimeException failure(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }
}
