package dev.triggers.key;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Knows what becomes of a request whose token is not known here.
 */
public interface Elsewhere {

    /** What the names of the headers begin with that cells send each other. */
    String HEADERS = "X-Cell-";

    /** Nothing was read of a request's body. */
    byte[] UNREAD = {};

    /**
     * Answers a request if its token is another cell's.
     * @param token what it presents
     * @param read what was read of its body; the rest is still to come
     * @return false if it is not, and so nobody's
     * @throws dev.triggers.web.ProblemException if the answer is a problem
     */
    boolean answer(String token, HttpServletRequest request, HttpServletResponse response, byte[] read)
            throws IOException;

}
