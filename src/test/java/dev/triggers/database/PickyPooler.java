package dev.triggers.database;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Leads to a server whoever does not name some parameter when a session begins, and
 * refuses the others as poolers do.
 */
final class PickyPooler implements AutoCloseable {

    private final URI database;

    private final String refused;

    private final ServerSocket server;

    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    PickyPooler(String databaseUrl, String refused) {
        this.database = URI.create(databaseUrl);
        this.refused = refused;
        try {
            this.server = new ServerSocket(0, 10, InetAddress.getByName("localhost"));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "postgres://" + this.database.getRawUserInfo() + "@localhost:" + this.server.getLocalPort()
                + this.database.getRawPath();
    }

    private void accept() {
        while (!this.server.isClosed()) {
            try {
                Socket client = this.server.accept();
                this.sockets.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
            catch (IOException ex) {
                // closed
                return;
            }
        }
    }

    private void serve(Socket client) {
        try {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            byte[] begin = message(in);
            while (begin.length == 4) {
                // TLS is asked for: no
                out.writeByte('N');
                begin = message(in);
            }
            if (new String(begin, StandardCharsets.UTF_8).contains(this.refused)) {
                byte[] fields = "SFATAL\0C08P01\0Munsupported startup parameter: options\0\0"
                    .getBytes(StandardCharsets.UTF_8);
                out.writeByte('E');
                out.writeInt(fields.length + 4);
                out.write(fields);
                client.close();
                return;
            }
            Socket server = new Socket(this.database.getHost(), this.database.getPort());
            this.sockets.add(server);
            DataOutputStream further = new DataOutputStream(server.getOutputStream());
            further.writeInt(begin.length + 4);
            further.write(begin);
            Thread.ofVirtual().start(() -> pass(server, client));
            pass(client, server);
        }
        catch (IOException ex) {
            close(client);
        }
    }

    /** Without its length. */
    private static byte[] message(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt() - 4);
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        }
        catch (IOException ex) {
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close() {
        this.sockets.forEach(PickyPooler::close);
        try {
            this.server.close();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
