package dev.triggers.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The encoding that every body must have. Parsers of JSON let some bytes pass that are
 * none, and a text made of them would not be what was posted.
 */
public final class Utf8 {

    private Utf8() {
    }

    /**
     * Makes sure that the bytes in {@code [from, to)} are UTF-8.
     * @throws ProblemException 400 if they are not
     */
    public static void require(byte[] bytes, int from, int to) {
        if (isAscii(bytes, from, to)) {
            return;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
        }
        catch (CharacterCodingException ex) {
            throw ProblemException.of(ProblemKind.MALFORMED, "The body is not UTF-8");
        }
    }

    private static boolean isAscii(byte[] bytes, int from, int to) {
        int all = 0;
        for (int i = from; i < to; i++) {
            all |= bytes[i];
        }
        return all >= 0;
    }

}
