import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads one answer of HTTP/1.1 as its bytes come in, and keeps its status and the beginning of its body.
 */
final class Answer {

    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] CHUNKED = "transfer-encoding: chunked".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] CLOSE = "connection: close".getBytes(StandardCharsets.US_ASCII);

    private enum State {

        HEAD, BODY, CHUNK_SIZE, CHUNK, CHUNK_END, TRAILER, DONE

    }

    private final byte[] line = new byte[1024];

    private final byte[] body = new byte[256];

    private State state = State.HEAD;

    private int lineLength;

    private int bodyLength;

    private long remaining;

    private boolean chunked;

    private boolean closing;

    private int status;

    void begin() {
        this.state = State.HEAD;
        this.lineLength = 0;
        this.bodyLength = 0;
        this.remaining = 0;
        this.chunked = false;
        this.closing = false;
        this.status = 0;
    }

    int status() {
        return this.status;
    }

    boolean closing() {
        return this.closing;
    }

    byte[] body() {
        return this.body;
    }

    int bodyLength() {
        return Math.min(this.bodyLength, this.body.length);
    }

    /** @return whether the answer is there as a whole */
    boolean read(ByteBuffer input) {
        while (input.hasRemaining() && this.state != State.DONE) {
            switch (this.state) {
                case BODY, CHUNK -> content(input);
                default -> {
                    byte b = input.get();
                    if (b == '\n') {
                        line();
                        this.lineLength = 0;
                    }
                    else if (b != '\r' && this.lineLength < this.line.length) {
                        this.line[this.lineLength++] = (byte) ((b >= 'A' && b <= 'Z') ? b + 32 : b);
                    }
                }
            }
        }
        return this.state == State.DONE;
    }

    private void content(ByteBuffer input) {
        int n = (int) Math.min(this.remaining, input.remaining());
        int kept = Math.min(n, Math.max(0, this.body.length - this.bodyLength));
        input.get(this.body, Math.min(this.bodyLength, this.body.length), kept);
        input.position(input.position() + n - kept);
        this.bodyLength += n;
        this.remaining -= n;
        if (this.remaining == 0) {
            this.state = (this.state == State.CHUNK) ? State.CHUNK_END : State.DONE;
        }
    }

    private void line() {
        switch (this.state) {
            case HEAD -> {
                if (this.lineLength == 0) {
                    this.state = this.chunked ? State.CHUNK_SIZE : (this.remaining > 0) ? State.BODY : State.DONE;
                }
                else if (this.status == 0) {
                    this.status = (this.line[9] - '0') * 100 + (this.line[10] - '0') * 10 + this.line[11] - '0';
                }
                else {
                    header();
                }
            }
            case CHUNK_SIZE -> {
                this.remaining = number(0, 16);
                this.state = (this.remaining == 0) ? State.TRAILER : State.CHUNK;
            }
            case CHUNK_END -> this.state = State.CHUNK_SIZE;
            case TRAILER -> this.state = (this.lineLength == 0) ? State.DONE : State.TRAILER;
            default -> throw new IllegalStateException();
        }
    }

    private void header() {
        if (starts(LENGTH)) {
            int from = LENGTH.length;
            while (this.line[from] == ' ') {
                from++;
            }
            this.remaining = number(from, 10);
        }
        this.chunked |= starts(CHUNKED);
        this.closing |= starts(CLOSE);
    }

    private boolean starts(byte[] name) {
        return this.lineLength >= name.length && Identifiers.find(this.line, 0, name.length, name) == 0;
    }

    private long number(int from, int radix) {
        long value = 0;
        for (int i = from; i < this.lineLength; i++) {
            int digit = Character.digit(this.line[i], radix);
            if (digit < 0) {
                break;
            }
            value = value * radix + digit;
        }
        return value;
    }

}
