package dev.triggers.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP exchange byte by byte, for what a proper client refuses to send.
 *
 * @param status the status of the answer, 0 if there was none
 * @param head the answer's status line and headers
 * @param body its body
 */
record RawHttp(int status, String head, String body) {

    /**
     * Sends the bytes and reads one answer, until the server closes or has sent all that
     * it announced.
     */
    static RawHttp exchange(int port, byte[]... parts) {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(15_000);
            OutputStream out = socket.getOutputStream();
            try {
                for (byte[] part : parts) {
                    out.write(part);
                    out.flush();
                }
            }
            catch (IOException ex) {
                // the server has heard enough; its answer counts
            }
            return read(socket.getInputStream());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static RawHttp exchange(int port, String text) {
        return exchange(port, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static RawHttp read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int next;
        while (head.indexOf("\r\n\r\n") < 0 && (next = in.read()) >= 0) {
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 ")) {
            return new RawHttp(0, head.toString(), "");
        }
        int status = Integer.parseInt(head.substring(9, 12));
        RawHttp answer = new RawHttp(status, head.toString(), "");
        String length = answer.header("Content-Length");
        byte[] body = in.readNBytes((length != null) ? Integer.parseInt(length) : 0);
        return new RawHttp(status, head.toString(), new String(body, StandardCharsets.UTF_8));
    }

    @Nullable String header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return this.head.lines()
            .filter((line) -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
            .map((line) -> line.substring(prefix.length()).strip())
            .findFirst()
            .orElse(null);
    }

}
