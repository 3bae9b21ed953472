package dev.triggers.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

import dev.triggers.webhook.SecretCipher.Purpose;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * What endpoints have encrypted with an older secret, and encrypting it anew.
 */
@Repository
class SecretRenewalRepository {

    private final JdbcClient jdbc;

    private final SecretCipher cipher;

    SecretRenewalRepository(JdbcClient jdbc, SecretCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    /**
     * Encrypts anew what the next endpoints have, in the order of their ids. Whoever
     * changes one at the same time goes first, and writes with the newest secret himself.
     * @param after the endpoint to begin behind
     */
    @Transactional
    Renewed renew(UUID after, int most) {
        List<Sealed> old = this.jdbc.sql("""
                select id, secret, previous_secret, headers from endpoints
                where id > :after and deleted_at is null and (substring(secret for length(:head)) <> :head
                    or substring(previous_secret for length(:head)) <> :head
                    or substring(headers for length(:head)) <> :head)
                order by id limit :most for no key update skip locked
                """)
            .param("after", after)
            .param("head", this.cipher.head())
            .param("most", most)
            .query(SecretRenewalRepository::sealed)
            .list();
        int unreadable = 0;
        for (Sealed sealed : old) {
            try {
                update(sealed);
            }
            catch (UnreadableSecretException ex) {
                unreadable++;
            }
        }
        return new Renewed(old.size() - unreadable, unreadable, (old.size() == most) ? old.getLast().id() : null);
    }

    private void update(Sealed sealed) {
        this.jdbc.sql("""
                update endpoints set secret = :secret, previous_secret = cast(:previous as bytea),
                    headers = cast(:headers as bytea)
                where id = :id
                """)
            .param("id", sealed.id())
            .param("secret", anew(sealed.id(), Purpose.SECRET, sealed.secret()))
            .param("previous", anew(sealed.id(), Purpose.SECRET, sealed.previous()))
            .param("headers", anew(sealed.id(), Purpose.HEADERS, sealed.headers()))
            .update();
    }

    private byte @Nullable [] anew(UUID id, Purpose purpose, byte @Nullable [] stored) {
        return (stored != null) ? this.cipher.encrypt(id, purpose, this.cipher.decrypt(id, purpose, stored)) : null;
    }

    private static Sealed sealed(ResultSet row, int number) throws SQLException {
        return new Sealed(row.getObject("id", UUID.class), row.getBytes("secret"), row.getBytes("previous_secret"),
                row.getBytes("headers"));
    }

    /**
     * Endpoints that have anything that was encrypted with an older secret.
     */
    long old() {
        return this.jdbc.sql("""
                select count(*) from endpoints
                where deleted_at is null and (substring(secret for length(:head)) <> :head
                    or substring(previous_secret for length(:head)) <> :head
                    or substring(headers for length(:head)) <> :head)
                """).param("head", this.cipher.head()).query(Long.class).single();
    }

    /**
     * What an endpoint has encrypted.
     *
     * @param id the endpoint
     * @param secret its secret
     * @param previous the one before
     * @param headers its headers
     */
    // Never compared
    @SuppressWarnings("ArrayRecordComponent")
    private record Sealed(UUID id, byte[] secret, byte @Nullable [] previous, byte @Nullable [] headers) {

    }

    /**
     * What became of some endpoints.
     *
     * @param renewed how many are encrypted anew
     * @param unreadable how many can't be read with any secret
     * @param next the last of them; null: there are no more
     */
    record Renewed(int renewed, int unreadable, @Nullable UUID next) {

    }

}
