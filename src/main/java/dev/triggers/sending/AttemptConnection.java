package dev.triggers.sending;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ssl.SSLSocket;

import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.io.CloseMode;

/**
 * A connection whose end is its end, whatever the receiver does. Closing one of TLS 1.2
 * politely waits for the receiver to close its side, for as long as that takes; and one
 * that was closed while it was being made would go on with the receiver's next address.
 */
final class AttemptConnection extends DefaultManagedHttpClientConnection {

    private static final AtomicLong COUNT = new AtomicLong();

    private volatile boolean ended;

    AttemptConnection(Http1Config lines) {
        super("attempt-" + COUNT.incrementAndGet(), null, null, lines, new ForgivingContentLength(), null, null,
                new BoundedHeadParserFactory());
    }

    static HttpConnectionFactory<ManagedHttpClientConnection> factory(Http1Config lines) {
        return (socket) -> {
            AttemptConnection connection = new AttemptConnection(lines);
            if (socket != null) {
                connection.bind(socket);
            }
            return connection;
        };
    }

    @Override
    public void bind(Socket socket) throws IOException {
        super.bind(socket);
        endIfEnded(socket);
    }

    @Override
    public void bind(SSLSocket secured, Socket socket) throws IOException {
        super.bind(secured, socket);
        endIfEnded(socket);
    }

    /** After it was bound: whoever ends it from now on finds the socket. */
    private void endIfEnded(Socket socket) throws IOException {
        if (this.ended) {
            socket.close();
            throw new InterruptedIOException("The attempt was ended");
        }
    }

    @Override
    public void close() {
        close(CloseMode.IMMEDIATE);
    }

    @Override
    public void close(CloseMode mode) {
        this.ended = true;
        super.close(mode);
    }

}
