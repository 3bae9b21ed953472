package signature

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	triggers "triggers.dev/go"
)

type verdict struct {
	Valid  bool   `json:"valid"`
	ID     string `json:"id"`
	Type   string `json:"type"`
	Signed string `json:"signed"`
	// Part that is wrong: key, a header's name, too-old, too-new, no-version, signature, body or id.
	Part   string `json:"part"`
	Detail string `json:"detail"`
}

const anyAge = 1 << 62

func examine(secret string, header http.Header, body []byte, tolerance time.Duration) verdict {
	found := verdict{ID: header.Get("webhook-id")}
	if seconds, err := strconv.ParseInt(header.Get("webhook-timestamp"), 10, 64); err == nil {
		found.Signed = time.Unix(seconds, 0).UTC().Format(time.RFC3339)
	}
	verifier, err := triggers.NewVerifier(secret)
	if err != nil {
		return found.wrong(err)
	}
	delivery, err := verifier.WithTolerance(tolerance).Verify(header, body)
	if err != nil {
		return suspects(verifier.WithTolerance(anyAge), header, body, found.wrong(err))
	}
	found.Valid, found.Type = true, delivery.Type
	return found
}

func (v verdict) wrong(err error) verdict {
	var why *triggers.WebhookError
	if errors.As(err, &why) {
		v.Part = why.Part
		v.Detail = strings.TrimPrefix(why.Error(), "triggers: "+why.Part+": ")
		return v
	}
	v.Part, v.Detail = "body", err.Error()
	return v
}

// What often happens to a body between the network and the check: if the signature fits then, that is it.
var changes = []struct {
	said   string
	change func([]byte) []byte
}{
	{"a line break was added at its end", func(body []byte) []byte { return bytes.TrimRight(body, "\r\n") }},
	{"white space around it was added", bytes.TrimSpace},
	{"the line break at its end was removed", func(body []byte) []byte { return append(bytes.Clone(body), '\n') }},
	{"it was formatted: verify the bytes that came, before any parser", compacted},
	{"its line breaks were changed (CRLF)", func(body []byte) []byte { return bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n")) }},
	{"a byte order mark was added", func(body []byte) []byte { return bytes.TrimPrefix(body, []byte("\ufeff")) }},
}

func compacted(body []byte) []byte {
	var out bytes.Buffer
	if json.Compact(&out, body) != nil {
		return nil
	}
	return out.Bytes()
}

func suspects(verifier *triggers.Verifier, header http.Header, body []byte, found verdict) verdict {
	switch found.Part {
	case "too-old", "too-new":
		if _, err := verifier.Verify(header, body); err == nil {
			found.Detail += "; the signature itself is right"
		}
		return found
	case "signature":
	default:
		return found
	}
	for _, one := range changes {
		if changed := one.change(body); changed != nil && fits(verifier, header, changed) {
			found.Part, found.Detail = "body", one.said
			return found
		}
	}
	var members struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(body, &members) == nil && members.ID != "" && members.ID != header.Get("webhook-id") {
		other := header.Clone()
		other.Set("webhook-id", members.ID)
		if fits(verifier, other, body) {
			found.Part, found.Detail = "webhook-id", "it was changed: the signature is of "+members.ID
			return found
		}
		found.Detail = "webhook-id and the body's id differ, and the signature fits neither: headers of one delivery, body of another?"
		return found
	}
	found.Detail = "it is of another secret, or body, id or time were changed in a way that is not known here"
	return found
}

func fits(verifier *triggers.Verifier, header http.Header, body []byte) bool {
	_, err := verifier.Verify(header, body)
	return err == nil
}

// Headers as curl -i, logs and mails show them; other lines are passed over.
func parseHeaders(text string) http.Header {
	header := http.Header{}
	for line := range strings.Lines(text) {
		if name, value, found := strings.Cut(strings.TrimLeft(line, "<> \t"), ":"); found {
			header.Add(strings.TrimSpace(name), strings.TrimSpace(value))
		}
	}
	return header
}
