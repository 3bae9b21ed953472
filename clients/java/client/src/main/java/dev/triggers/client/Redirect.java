package dev.triggers.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where a 421 may be followed to. */
final class Redirect {

    /** Domains below which everybody may have a name. */
    static final Set<String> SHARED_SUFFIXES = words("""
            a.run.app amazonaws.com appspot.com azurecontainerapps.io azurewebsites.net
            blob.core.windows.net cloudapp.azure.com cloudapp.net cloudfront.net ddns.net deno.dev
            duckdns.org dyndns.org edgecompute.app elb.amazonaws.com fastly.net firebaseapp.com fly.dev
            github.io gitlab.io glitch.me herokuapp.com netlify.app netlify.com ngrok-free.app ngrok.app
            ngrok.io no-ip.org onrender.com pages.dev railway.app render.com repl.co replit.app run.app
            surge.sh trafficmanager.net trycloudflare.com up.railway.app vercel.app web.app workers.dev
            """);

    /** What stands before a country's letters and is nobody's. */
    static final Set<String> SECOND_LEVELS = words("""
            ac biz co com edu gen go gob gouv gov gv ind info ltd me mil net ne nic nom or org plc sch
            """);

    private Redirect() {
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }

    static Optional<String> followed(URI base, String location, Set<String> hosts) {
        URI there;
        try {
            there = new URI((location != null) ? location : "");
        }
        catch (URISyntaxException ex) {
            return Optional.empty();
        }
        if (there.getScheme() == null || there.getHost() == null || there.getRawUserInfo() != null) {
            return Optional.empty();
        }
        String scheme = there.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(scheme.equals("http") && base.getScheme().equalsIgnoreCase("http"))) {
            return Optional.empty();
        }
        String own = base.getHost().toLowerCase(Locale.ROOT);
        String host = there.getHost().toLowerCase(Locale.ROOT);
        boolean configured = hosts.stream().anyMatch(host::equalsIgnoreCase);
        if (!host.equals(own) && !configured && !registrable(host).filter((domain) -> registrable(own).filter(domain::equals).isPresent()).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(scheme + "://" + there.getRawAuthority().toLowerCase(Locale.ROOT));
    }

    /** The label in front of a host's public suffix, and that suffix; none of addresses and suffixes. */
    static Optional<String> registrable(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        List<String> labels = List.of(name.split("\\.", -1));
        if (name.contains(":") || labels.contains("") || labels.get(labels.size() - 1).matches("[0-9]+|0[xX][0-9a-fA-F]*")) {
            return Optional.empty();
        }
        int suffix = 1;
        for (int length = 2; length <= labels.size(); length++) {
            if (SHARED_SUFFIXES.contains(String.join(".", labels.subList(labels.size() - length, labels.size())))) {
                suffix = length;
            }
        }
        int last = labels.size() - 1;
        if (suffix == 1 && last > 0 && labels.get(last).length() == 2 && SECOND_LEVELS.contains(labels.get(last - 1))) {
            suffix = 2;
        }
        return (labels.size() <= suffix) ? Optional.empty()
                : Optional.of(String.join(".", labels.subList(labels.size() - suffix - 1, labels.size())));
    }

}
