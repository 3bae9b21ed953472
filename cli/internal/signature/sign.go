// Package signature makes and checks what deliveries are signed with (Standard Webhooks).
package signature

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Secret that signs: whsec_ and base64.
type Secret struct{ key []byte }

var errSecret = errors.New("not a secret: whsec_ and base64")

// ParseSecret of its text.
func ParseSecret(text string) (Secret, error) {
	encoded, known := strings.CutPrefix(strings.TrimSpace(text), "whsec_")
	key, err := base64.StdEncoding.DecodeString(encoded)
	if !known || err != nil || len(key) == 0 {
		return Secret{}, errSecret
	}
	return Secret{key}, nil
}

// Derived is a secret of this program alone, the same whenever the key is.
func Derived(key, purpose string) Secret {
	return Secret{sum([]byte(key), []byte(purpose))}
}

// Reveal is its text, for the one who verifies.
func (s Secret) Reveal() string { return "whsec_" + base64.StdEncoding.EncodeToString(s.key) }

// String shows nothing of it.
func (s Secret) String() string { return "whsec_…" }

// Sign is the signature of a delivery.
func (s Secret) Sign(id string, at time.Time, body []byte) string {
	content := append([]byte(id+"."+strconv.FormatInt(at.Unix(), 10)+"."), body...)
	return "v1," + base64.StdEncoding.EncodeToString(sum(s.key, content))
}

// Header of a delivery that this secret signs.
func (s Secret) Header(id string, at time.Time, body []byte) http.Header {
	header := http.Header{}
	header.Set("webhook-id", id)
	header.Set("webhook-timestamp", strconv.FormatInt(at.Unix(), 10))
	header.Set("webhook-signature", s.Sign(id, at, body))
	return header
}

func sum(key, content []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(content)
	return mac.Sum(nil)
}
