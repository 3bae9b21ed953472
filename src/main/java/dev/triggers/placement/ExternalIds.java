package dev.triggers.placement;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;

/**
 * Which cell is asked for the organization of an external id: the one for which a hash of
 * both is the highest. So all agree without asking, and one more cell becomes the one to
 * ask for its part of the ids, while all others stay with theirs.
 */
final class ExternalIds {

    private ExternalIds() {
    }

    /**
     * The digits of the cell that is asked.
     * @param cells the digits of all
     */
    static String authority(String externalId, Collection<String> cells) {
        String highest = "";
        byte[] most = {};
        for (String cell : cells) {
            byte[] hash = hash(cell, externalId);
            if (highest.isEmpty() || Arrays.compareUnsigned(hash, most) > 0) {
                highest = cell;
                most = hash;
            }
        }
        return highest;
    }

    private static byte[] hash(String cell, String externalId) {
        try {
            return MessageDigest.getInstance("SHA-256").digest((cell + externalId).getBytes(StandardCharsets.UTF_8));
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
