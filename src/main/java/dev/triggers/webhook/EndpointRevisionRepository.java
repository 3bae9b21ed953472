package dev.triggers.webhook;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.triggers.database.DatabaseProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The revisions of endpoints, so that an attempt costs a number and not a copy of all
 * that it was made of.
 */
@Repository
public class EndpointRevisionRepository {

    /** For so long beyond the retention an attempt may name a revision that is over. */
    private static final int GRACE_DAYS = 36;

    private final JdbcClient jdbc;

    private final EndpointSecrets secrets;

    private final int keptDays;

    EndpointRevisionRepository(JdbcClient jdbc, EndpointSecrets secrets, DatabaseProperties database) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.keptDays = database.retentionDays() + GRACE_DAYS;
    }

    /**
     * Notes what the endpoint's requests are made of from now on, if that has changed.
     * Two secrets take two revisions: the first holds until the older of them ends.
     */
    void note(Endpoint endpoint) {
        List<String> secretIds = endpoint.secrets().stream().map(SigningSecret::id).toList();
        int noted = this.jdbc.sql("""
                with next as (
                  update endpoints p set revision = revision + 2 where id = :id and not exists (
                    select from endpoint_revisions r where r.endpoint_id = :id and r.revision = p.revision
                      and r.url = :url and r.header_names = :headers::text[]
                      and r.secret_ids = array[(:secrets::text[])[1]])
                  returning id, revision)
                insert into endpoint_revisions (endpoint_id, revision, url, header_names, secret_ids, created_at)
                select id, revision, :url, :headers::text[], array[(:secrets::text[])[1]], now() from next
                union all
                select id, revision - 1, :url, :headers::text[], :secrets::text[], now() from next
                where cardinality(:secrets::text[]) > 1
                """)
            .param("id", endpoint.id())
            .param("url", endpoint.url().toString())
            .param("headers", endpoint.headers().keySet().stream().sorted().toArray(String[]::new))
            .param("secrets", secretIds.toArray(String[]::new))
            .update();
        if (noted > 0) {
            forgetOld(endpoint.id());
        }
    }

    private void forgetOld(UUID endpointId) {
        this.jdbc.sql("""
                delete from endpoint_revisions where endpoint_id = :id and revision < (
                  select max(revision) - 1 from endpoint_revisions
                  where endpoint_id = :id and created_at < now() - make_interval(days => :days))
                """).param("id", endpointId).param("days", this.keptDays).update();
    }

    /**
     * A revision; null if it is not known any more.
     */
    public @Nullable EndpointRevision find(UUID endpointId, int revision) {
        return this.jdbc.sql("""
                select url, header_names, secret_ids from endpoint_revisions
                where endpoint_id = :id and revision = :revision
                """)
            .param("id", endpointId)
            .param("revision", revision)
            .query((row, number) -> new EndpointRevision(row.getString("url"), texts(row.getArray("header_names")),
                    texts(row.getArray("secret_ids"))))
            .optional()
            .orElse(null);
    }

    /**
     * The secrets of an endpoint that still exist, by their identifiers: also one that
     * does not sign any more. A deleted endpoint has none.
     */
    public Map<String, SigningSecret> secrets(UUID endpointId) {
        return this.jdbc.sql("""
                select id, secret, previous_secret from endpoints where id = :id and deleted_at is null
                """)
            .param("id", endpointId)
            .query(this::stored)
            .optional()
            .orElse(List.of())
            .stream()
            .collect(Collectors.toMap(SigningSecret::id, Function.identity(), (one, other) -> one));
    }

    private List<SigningSecret> stored(ResultSet row, int number) throws SQLException {
        return this.secrets.open(row.getObject("id", UUID.class), row.getBytes("secret"),
                row.getBytes("previous_secret"));
    }

    private static List<String> texts(Array stored) throws SQLException {
        return Stream.of((Object[]) stored.getArray()).map(String.class::cast).toList();
    }

}
