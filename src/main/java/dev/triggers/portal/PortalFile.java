package dev.triggers.portal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the portal as it is sent: compressed. It is kept only so, as browsers want
 * nothing else.
 */
final class PortalFile {

    private final String type;

    private final byte[] compressed;

    private PortalFile(String type, byte[] compressed) {
        this.type = type;
        this.compressed = compressed;
    }

    /** Its media type. */
    String type() {
        return this.type;
    }

    byte[] plain() {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(this.compressed))) {
            return gzip.readAllBytes();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** The bytes by gzip. */
    byte[] compressed() {
        return this.compressed;
    }

    static PortalFile of(String name, byte[] bytes) {
        return new PortalFile(type(name), compress(bytes));
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html;charset=UTF-8";
            case "js" -> "text/javascript;charset=UTF-8";
            case "css" -> "text/css;charset=UTF-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalStateException("No media type for " + name);
        };
    }

    private static byte[] compress(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new SmallestGzip(compressed)) {
            gzip.write(bytes);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return compressed.toByteArray();
    }

    /** Takes its time, as it is done once. */
    private static final class SmallestGzip extends GZIPOutputStream {

        SmallestGzip(OutputStream out) throws IOException {
            super(out);
            this.def.setLevel(Deflater.BEST_COMPRESSION);
        }

    }

}
