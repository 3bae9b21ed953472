package dev.triggers.web;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP whose answers are buffered in 2 KiB instead of 8: most are shorter, what is longer
 * is passed on, and each request under way holds 18 KiB of the heap less.
 */
public final class SmallBufferProtocol extends Http11NioProtocol {

    private static final int ANSWER = 2048;

    @Override
    public int getDesiredBufferSize() {
        return ANSWER;
    }

}
