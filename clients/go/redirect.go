package triggers

import (
	"net/netip"
	"net/url"
	"strings"
)

// Domains below which everybody may have a name.
var sharedSuffixes = words(`
	a.run.app amazonaws.com appspot.com azurecontainerapps.io azurewebsites.net blob.core.windows.net
	cloudapp.azure.com cloudapp.net cloudfront.net ddns.net deno.dev duckdns.org dyndns.org edgecompute.app
	elb.amazonaws.com fastly.net firebaseapp.com fly.dev github.io gitlab.io glitch.me herokuapp.com netlify.app
	netlify.com ngrok-free.app ngrok.app ngrok.io no-ip.org onrender.com pages.dev railway.app render.com repl.co
	replit.app run.app surge.sh trafficmanager.net trycloudflare.com up.railway.app vercel.app web.app workers.dev
`)

// What stands before a country's letters and is nobody's.
var secondLevels = words(`
	ac biz co com edu gen go gob gouv gov gv ind info ltd me mil net ne nic nom or org plc sch
`)

func words(text string) map[string]bool {
	found := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		found[word] = true
	}
	return found
}

// followed is the origin that a 421 may be followed to, or empty.
func followed(base *url.URL, location string, hosts []string) string {
	there, err := url.Parse(location)
	if err != nil || there.User != nil || there.Hostname() == "" {
		return ""
	}
	there.Scheme = strings.ToLower(there.Scheme)
	if there.Scheme != "https" && (there.Scheme != "http" || base.Scheme == "https") {
		return ""
	}
	own, host := strings.ToLower(base.Hostname()), strings.ToLower(there.Hostname())
	allowed := host == own
	for _, name := range hosts {
		allowed = allowed || strings.EqualFold(name, host)
	}
	if domain := registrable(host); !allowed && (domain == "" || domain != registrable(own)) {
		return ""
	}
	return there.Scheme + "://" + strings.ToLower(there.Host)
}

// registrable is the label in front of a host's public suffix, and that suffix; empty for addresses and suffixes.
func registrable(host string) string {
	if _, err := netip.ParseAddr(host); err == nil {
		return ""
	}
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	suffix := 1
	for length := 2; length <= len(labels); length++ {
		if sharedSuffixes[strings.Join(labels[len(labels)-length:], ".")] {
			suffix = length
		}
	}
	if last := len(labels) - 1; suffix == 1 && last > 0 && len(labels[last]) == 2 && secondLevels[labels[last-1]] {
		suffix = 2
	}
	for _, label := range labels {
		if label == "" {
			return ""
		}
	}
	if len(labels) <= suffix {
		return ""
	}
	return strings.Join(labels[len(labels)-suffix-1:], ".")
}
