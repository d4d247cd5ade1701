package dev.chainrule.config.classfile;

import java.lang.invoke.MethodType;

/**
 * A method that code calls or refers to.
 *
 * @param from the calling method
 * @param line of the call in the source; 0 if the class file does not contain it
 * @param owner the class of the method called: {@code java.lang.Math}
 * @param name of the method called; {@code <init>} of a constructor
 * @param descriptor its parameters and result: {@code (D)D}
 */
public record Call(String from, int line, String owner, String name, String descriptor) {
    /** Return the method called as {@code java.lang.Math.exp(double)}. */
    public String target() {
        String types = descriptor.substring(1, descriptor.indexOf(')'));
        return owner + "." + name + "(" + parameters(types) + ")";
    }

    private static String parameters(String types) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < types.length(); ) {
            int end = i;
            while (types.charAt(end) == '[') {
                end++;
            }
            end = types.charAt(end) == 'L' ? types.indexOf(';', end) + 1 : end + 1;
            out.append(out.isEmpty() ? "" : ",").append(name(types.substring(i, end)));
            i = end;
        }
        return out.toString();
    }

    /** Return the name of a type as {@link Class#getName} does. */
    private static String name(String descriptor) {
        if (descriptor.charAt(0) == '[') {
            return descriptor.replace('/', '.');
        }
        return descriptor.charAt(0) == 'L'
                ? descriptor.substring(1, descriptor.length() - 1).replace('/', '.')
                : MethodType.fromMethodDescriptorString("(" + descriptor + ")V", null)
                        .parameterType(0)
                        .getName();
    }
}
