package dev.triggers.portal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The portal's files, and one fingerprint of them all: it is a part of their addresses,
 * so that modules refer to each other by relative names and may be kept for ever.
 *
 * @param fingerprint what names this version of the files
 * @param page what is served at {@code /}
 * @param files the others, by their path
 */
record PortalFiles(String fingerprint, PortalFile page, Map<String, PortalFile> files) {

    static final String PREFIX = "/portal/";

    private static final String ROOT = "/portal/";

    private static final String PAGE = "index.html";

    private static final String BASE = "{{base}}";

    private static final int FINGERPRINT_BYTES = 8;

    static PortalFiles load() {
        SortedMap<String, byte[]> contents = contents();
        String fingerprint = fingerprint(contents);
        byte[] template = contents.remove(PAGE);
        if (template == null) {
            throw new IllegalStateException("The portal's page is missing");
        }
        String page = new String(template, StandardCharsets.UTF_8).replace(BASE, PREFIX + fingerprint);
        SortedMap<String, PortalFile> files = new TreeMap<>();
        contents.forEach((name, bytes) -> files.put(name, PortalFile.of(name, bytes)));
        return new PortalFiles(fingerprint, PortalFile.of(PAGE, page.getBytes(StandardCharsets.UTF_8)), files);
    }

    @Nullable PortalFile file(String path) {
        return this.files.get(path);
    }

    private static SortedMap<String, byte[]> contents() {
        try {
            SortedMap<String, byte[]> contents = new TreeMap<>();
            for (Resource resource : new PathMatchingResourcePatternResolver()
                .getResources("classpath:" + ROOT + "**/*.*")) {
                String url = resource.getURL().getPath();
                contents.put(url.substring(url.lastIndexOf(ROOT) + ROOT.length()), resource.getContentAsByteArray());
            }
            return contents;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String fingerprint(SortedMap<String, byte[]> contents) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            contents.forEach((name, bytes) -> {
                digest.update((name + '\n' + bytes.length + '\n').getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
