package doctor

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"triggers.dev/cli/internal/config"
	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/signature"
	"triggers.dev/cli/internal/version"
	triggers "triggers.dev/go"
)

func configuration(_ context.Context, about *examination) finding {
	identity, err := about.session.Identity()
	if err != nil {
		return finding{"configuration", bad, err.Error(), "mend the file, or: triggers login", exit.Code(err)}
	}
	about.identity = identity
	file, err := config.Load()
	if err == nil && file.ReadableByOthers() {
		return finding{"configuration", warning, "others can read " + file.Path(), "chmod 600 " + file.Path(), exit.Failed}
	}
	return finding{"configuration", good, fmt.Sprintf("profile %q, %s", identity.Profile, identity.URL), "", exit.OK}
}

func reachable(ctx context.Context, about *examination) finding {
	if about.identity == nil {
		return finding{"reachable", skipped, "no configuration", "", exit.OK}
	}
	once := func(options *triggers.Options) {
		options.TotalTime, options.AttemptTime, options.OnRepeat = 5*time.Second, 5*time.Second, nil
	}
	client, err := about.session.Open(about.identity.URL, about.identity.Key, once)
	if err != nil {
		return finding{"reachable", bad, err.Error(), "", exit.Code(err)}
	}
	began := time.Now()
	if _, err := client.Live(ctx); err != nil {
		return finding{"reachable", bad, err.Error(), "does it run, and is this its address? triggers login --url …", exit.Unreachable}
	}
	about.client = client
	return finding{"reachable", good, fmt.Sprintf("in %s", time.Since(began).Round(time.Millisecond/10)), "", exit.OK}
}

func ready(ctx context.Context, about *examination) finding {
	if about.client == nil {
		return finding{"ready", skipped, "not reached", "", exit.OK}
	}
	if _, err := about.client.Ready(ctx); err != nil {
		return finding{"ready", bad, err.Error(), "the service runs, but its database is away or it is stopping", exit.Unreachable}
	}
	return finding{"ready", good, "it takes requests", "", exit.OK}
}

func versions(ctx context.Context, about *examination) finding {
	if about.client == nil {
		return finding{"version", skipped, "not reached", "", exit.OK}
	}
	service, err := about.client.GetService(ctx)
	if err != nil {
		return finding{"version", bad, err.Error(), "is this a Triggers API?", exit.Code(err)}
	}
	detail := fmt.Sprintf("service %s, this program %s", service.Version, version.Number)
	if major(service.Version) != major(version.Number) {
		return finding{"version", warning, detail, "take the program of the service's version", exit.OK}
	}
	return finding{"version", good, detail, "", exit.OK}
}

func major(number string) string {
	first, _, _ := strings.Cut(number, ".")
	return first
}

// Receivers refuse what was signed more than five minutes away from their clock.
func clock(ctx context.Context, about *examination) finding {
	if about.client == nil {
		return finding{"clock", skipped, "not reached", "", exit.OK}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, about.identity.URL+"/health/live", nil)
	if err != nil {
		return finding{"clock", bad, err.Error(), "", exit.Failed}
	}
	response, err := (&http.Client{Timeout: 5 * time.Second}).Do(request)
	if err != nil {
		return finding{"clock", bad, err.Error(), "", exit.Unreachable}
	}
	response.Body.Close()
	there, err := http.ParseTime(response.Header.Get("Date"))
	if err != nil {
		return finding{"clock", skipped, "the service does not tell its time", "", exit.OK}
	}
	// The header has whole seconds.
	apart := time.Since(there).Abs().Truncate(time.Second)
	if apart > time.Minute {
		return finding{"clock", bad, fmt.Sprintf("%s apart from the service's", apart), "set the clock: signatures are good for five minutes", exit.Failed}
	}
	return finding{"clock", good, fmt.Sprintf("%s apart from the service's", apart), "", exit.OK}
}

func key(ctx context.Context, about *examination) finding {
	switch {
	case about.client == nil:
		return finding{"key", skipped, "not reached", "", exit.OK}
	case about.identity.Key == "":
		return finding{"key", bad, "there is none for " + about.identity.URL, "triggers login, or set TRIGGERS_KEY", exit.Key}
	}
	found, err := about.client.GetKey(ctx)
	if err != nil {
		return finding{"key", bad, err.Error(), "triggers login with another one", exit.Code(err)}
	}
	about.key = found
	return finding{"key", good, fmt.Sprintf("%s… of %s, %s, %d events a minute", found.APIKeyPrefix, found.OrganizationName, found.Tier, found.RateLimitPerMinute), "", exit.OK}
}

var needed = []struct{ scope, commands string }{
	{"events:write", "send"}, {"events:read", "listen, tail, events, inbox poll"}, {"inbox:write", "inbox drain, lease and ack, listen --ack"},
	{"webhooks:read", "endpoints list"}, {"webhooks:write", "endpoints create, replay"}, {"keys:write", "keys"},
}

func scopes(_ context.Context, about *examination) finding {
	if about.key == nil {
		return finding{"scopes", skipped, "no key", "", exit.OK}
	}
	var missing []string
	for _, one := range needed {
		if !slices.Contains(about.key.Scopes, one.scope) {
			missing = append(missing, fmt.Sprintf("%s (%s)", one.scope, one.commands))
		}
	}
	if len(missing) > 0 {
		return finding{"scopes", warning, "without " + strings.Join(missing, ", "), "", exit.OK}
	}
	return finding{"scopes", good, strings.Join(about.key.Scopes, ", "), "", exit.OK}
}

func stream(ctx context.Context, about *examination) finding {
	if about.key == nil || !slices.Contains(about.key.Scopes, "events:read") {
		return finding{"stream", skipped, "no key that may read events", "", exit.OK}
	}
	ctx, stop := context.WithTimeout(ctx, 5*time.Second)
	defer stop()
	began, heard := time.Now(), false
	for _, err := range about.client.Stream(ctx, triggers.StreamQuery{Position: func(string) { heard = true; stop() }}) {
		if err != nil {
			return finding{"stream", bad, err.Error(), "", exit.Code(err)}
		}
		break
	}
	if !heard && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return finding{"stream", warning, "nothing comes over it within 5 s", "a proxy seems to hold it back; listen and tail use long polls then", exit.OK}
	}
	return finding{"stream", good, fmt.Sprintf("speaks after %s", time.Since(began).Round(time.Millisecond/10)), "", exit.OK}
}

func signatures(_ context.Context, about *examination) finding {
	secret := signature.Derived("doctor", "signature round trip")
	body := []byte(`{"id":"doctor","type":"doctor","timestamp":"2026-01-31T12:00:00Z","data":{}}`)
	verifier, err := triggers.NewVerifier(secret.Reveal())
	if err == nil {
		_, err = verifier.Verify(secret.Header("doctor", time.Now(), body), body)
	}
	if err != nil {
		return finding{"signature", bad, err.Error(), "", exit.Failed}
	}
	return finding{"signature", good, "made here, accepted here", "", exit.OK}
}
