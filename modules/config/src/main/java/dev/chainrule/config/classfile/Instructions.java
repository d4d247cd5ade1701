package dev.chainrule.config.classfile;

import java.nio.ByteBuffer;

/** The instructions of a method's code: "The Java Virtual Machine Specification", Java SE 17, section 6.5. */
final class Instructions {
    private static final int TABLE_SWITCH = 0xaa;
    private static final int LOOKUP_SWITCH = 0xab;
    private static final int INVOKE_VIRTUAL = 0xb6;
    private static final int INVOKE_DYNAMIC = 0xba;
    private static final int WIDE = 0xc4;
    private static final int INCREMENT = 0x84;

    /** The length in bytes of each instruction from 0; 0 if it varies, or if there is no such instruction. */
    private static final String LENGTHS = "1".repeat(16) // constants
            + "23233" // bipush … ldc2_w
            + "2".repeat(5) // loads
            + "1".repeat(28)
            + "2".repeat(5) // stores
            + "1".repeat(28)
            + "1".repeat(45) // stack, arithmetic
            + "3" // iinc
            + "1".repeat(20) // conversions, comparisons
            + "3".repeat(16) // jumps
            + "2" // ret
            + "00" // switches
            + "1".repeat(6) // returns
            + "3".repeat(7) // fields, calls
            + "55" // invokeinterface, invokedynamic
            + "3" // new
            + "2" // newarray
            + "3" // anewarray
            + "11" // arraylength, athrow
            + "33" // checkcast, instanceof
            + "11" // monitors
            + "0" // wide
            + "4" // multianewarray
            + "33" // ifnull, ifnonnull
            + "55"; // goto_w, jsr_w

    private Instructions() {}

    /** A receiver of each call in the code. */
    interface Visitor {
        /**
         * Receive an instruction that calls.
         *
         * @param at the instruction's place in the code
         * @param constant the method, or the call site of invokedynamic
         * @param dynamic whether it is invokedynamic
         */
        void call(int at, int constant, boolean dynamic);
    }

    static void visit(byte[] code, Visitor visitor) {
        ByteBuffer bytes = ByteBuffer.wrap(code);
        for (int at = 0; at < code.length; ) {
            int operation = code[at] & 0xff;
            if (operation >= INVOKE_VIRTUAL && operation <= INVOKE_DYNAMIC) {
                visitor.call(at, bytes.getShort(at + 1) & 0xffff, operation == INVOKE_DYNAMIC);
            }
            at += length(bytes, at, operation);
        }
    }

    private static int length(ByteBuffer code, int at, int operation) {
        int aligned = (at + Integer.BYTES) / Integer.BYTES * Integer.BYTES;
        switch (operation) {
            case TABLE_SWITCH -> {
                int entries = code.getInt(aligned + 2 * Integer.BYTES) - code.getInt(aligned + Integer.BYTES) + 1;
                return aligned + (3 + entries) * Integer.BYTES - at;
            }
            case LOOKUP_SWITCH -> {
                return aligned + (2 + 2 * code.getInt(aligned + Integer.BYTES)) * Integer.BYTES - at;
            }
            case WIDE -> {
                return (code.get(at + 1) & 0xff) == INCREMENT ? 6 : 4;
            }
            default -> {
                int length = operation < LENGTHS.length() ? LENGTHS.charAt(operation) - '0' : 0;
                if (length == 0) {
                    throw new IllegalArgumentException("unknown instruction " + operation);
                }
                return length;
            }
        }
    }
}
