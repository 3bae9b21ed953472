package dev.triggers.support;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

import org.jspecify.annotations.Nullable;

/**
 * Who presents the operator's token.
 */
public final class Operator {

    private final Api api;

    private final @Nullable String token;

    public Operator(Api api, @Nullable String token) {
        this.api = api;
        this.token = token;
    }

    public Reply get(String path) {
        return send("GET", path, "");
    }

    public Reply post(String path, String body) {
        return send("POST", path, body.replace('\'', '"'));
    }

    public Reply patch(String path, String body) {
        return send("PATCH", path, body.replace('\'', '"'));
    }

    private Reply send(String method, String path, String body) {
        return Api.patiently(() -> {
            HttpRequest.Builder request = this.api.request("/api/admin" + path, null)
                .header("Content-Type", "application/json");
            if (this.token != null) {
                request.header("X-Admin-Token", this.token);
            }
            return this.api
                .send(request.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
        });
    }

    /**
     * Makes an organization of a tier without limits that a test would meet.
     * @return its id
     */
    public String organization(String name) {
        Reply made = post("/organizations", "{'name':'" + name + "','tier':'enterprise'}");
        if (made.status() != 201) {
            throw new IllegalStateException(made.toString());
        }
        return made.text("id");
    }

    /**
     * Makes a key of an organization.
     */
    public String key(String organizationId) {
        Reply made = post("/organizations/" + organizationId + "/keys", "{'name':'support'}");
        if (made.status() != 201) {
            throw new IllegalStateException(made.toString());
        }
        return made.text("api_key");
    }

}
