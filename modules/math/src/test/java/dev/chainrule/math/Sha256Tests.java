package dev.chainrule.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Sha256Tests {
    @Test
    void hash_ofEveryLengthUpToFourBlocks_isThatOfThePlatform() throws NoSuchAlgorithmException {
        Random random = new Random(1);
        MessageDigest platform = MessageDigest.getInstance("SHA-256");
        for (int length = 0; length <= 256; length++) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            int[] expected = new int[8];
            ByteBuffer.wrap(platform.digest(message)).asIntBuffer().get(expected);
            assertArrayEquals(expected, Sha256.hash(message), length + " bytes");
        }
    }
}
