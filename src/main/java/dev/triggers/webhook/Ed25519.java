package dev.triggers.webhook;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;

/**
 * Ed25519 in the raw encoding of RFC 8032, which Standard Webhooks and libsodium use and
 * the JDK does not: 32 bytes of seed, then the 32 bytes of the public key.
 */
final class Ed25519 {

    static final int KEY_BYTES = 64;

    private static final int HALF = 32;

    private Ed25519() {
    }

    static byte[] generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] key = new byte[KEY_BYTES];
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            System.arraycopy(seed, 0, key, 0, HALF);
            System.arraycopy(encode((EdECPublicKey) pair.getPublic()), 0, key, HALF, HALF);
            return key;
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    static PrivateKey privateKey(byte[] key) {
        byte[] seed = new byte[HALF];
        System.arraycopy(key, 0, seed, 0, HALF);
        try {
            return KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    static byte[] publicKey(byte[] key) {
        byte[] publicKey = new byte[HALF];
        System.arraycopy(key, HALF, publicKey, 0, HALF);
        return publicKey;
    }

    static byte[] sign(PrivateKey key, byte[] content) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** The y coordinate, little-endian; its highest bit tells whether x is odd. */
    private static byte[] encode(EdECPublicKey key) {
        byte[] bigEndian = key.getPoint().getY().toByteArray();
        byte[] encoded = new byte[HALF];
        for (int i = 0; i < Math.min(HALF, bigEndian.length); i++) {
            encoded[i] = bigEndian[bigEndian.length - 1 - i];
        }
        if (key.getPoint().isXOdd()) {
            encoded[HALF - 1] |= (byte) 0x80;
        }
        return encoded;
    }

}
