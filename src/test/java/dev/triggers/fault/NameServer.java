package dev.triggers.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/**
 * Tells everybody who asks for any name the address of this machine, until it is silent,
 * slow, or lies.
 */
final class NameServer implements AutoCloseable {

    private static final int PORT = 53;

    private static final byte[] HERE = { 127, 0, 0, 1 };

    /** Where nobody listens. */
    private static final byte[] ELSEWHERE = { 127, 0, 53, 99 };

    private static final int HEADER = 12;

    private final DatagramSocket socket;

    private volatile Manner manner = Manner.HONEST;

    NameServer() {
        this.socket = open();
        Thread.ofVirtual().start(this::serve);
    }

    /** At a loopback address of its own, as the port is given. */
    private static DatagramSocket open() {
        try {
            for (int last = 1; last < ELSEWHERE[3]; last++) {
                try {
                    return new DatagramSocket(new InetSocketAddress(
                            InetAddress.getByAddress(new byte[] { 127, 0, 53, (byte) last }), PORT));
                }
                catch (BindException ex) {
                    // somebody else's
                }
            }
            throw new BindException("no address is free");
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    String address() {
        return this.socket.getLocalAddress().getHostAddress();
    }

    void behave(Manner as) {
        this.manner = as;
    }

    private void serve() {
        while (!this.socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                this.socket.receive(packet);
                Thread.ofVirtual().start(() -> answer(packet));
            }
            catch (IOException ex) {
                // closed
            }
        }
    }

    private void answer(DatagramPacket question) {
        Manner as = this.manner;
        if (as == Manner.GONE) {
            return;
        }
        try {
            if (as == Manner.SLOW) {
                Thread.sleep(Duration.ofMillis(800));
            }
            byte[] answer = answer(Arrays.copyOf(question.getData(), question.getLength()), as);
            this.socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
        }
        catch (IOException ex) {
            // closed
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** The question again, and one address if it is for such. */
    private static byte[] answer(byte[] question, Manner as) {
        int end = HEADER;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        end += 5;
        boolean forAddress = question[end - 3] == 1;
        boolean denied = as == Manner.DENYING;
        ByteBuffer header = ByteBuffer.allocate(HEADER)
            .put(question, 0, 2)
            // An answer, by who may give it; there is no such name
            .putShort((short) (0x8580 | (denied ? 3 : 0)))
            .putShort((short) 1)
            .putShort((short) ((forAddress && !denied) ? 1 : 0))
            .putInt(0);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(header.array());
        answer.write(question, HEADER, end - HEADER);
        if (forAddress && !denied) {
            answer.writeBytes(new byte[] { (byte) 0xc0, HEADER, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4 });
            answer.writeBytes((as == Manner.LYING) ? ELSEWHERE : HERE);
        }
        return answer.toByteArray();
    }

    @Override
    public void close() {
        this.socket.close();
    }

    /** How it answers. */
    enum Manner {

        HONEST, GONE, SLOW, DENYING, LYING

    }

}
