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

    /**
     * How many bytes the text, which has no half characters, has in UTF-8.
     */
    public static int length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // Of a character beyond these, each of the two halves counts for two
                // bytes
                bytes += (c < 0x800 || Character.isSurrogate(c)) ? 1 : 2;
            }
        }
        return bytes;
    }

    private static boolean isAscii(byte[] bytes, int from, int to) {
        int all = 0;
        for (int i = from; i < to; i++) {
            all |= bytes[i];
        }
        return all >= 0;
    }

}
