package triggers

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// WebhookError says that something is no delivery. Part is what is wrong: key, the name of a header, too-old, too-new, no-version,
// signature or body.
type WebhookError struct {
	Part   string
	detail string
}

func (e *WebhookError) Error() string {
	return "triggers: " + e.Part + ": " + e.detail
}

// WebhookDelivery is one that was checked. Drop repeats by ID.
type WebhookDelivery struct {
	ID        string          `json:"id"`
	Type      string          `json:"type"`
	Timestamp string          `json:"timestamp"`
	Data      json.RawMessage `json:"data"`
}

// Verifier checks deliveries against one or several keys.
type Verifier struct {
	secrets   [][]byte
	publics   []ed25519.PublicKey
	tolerance time.Duration
	now       func() time.Time
}

// NewVerifier takes secrets (whsec_…) and public keys (whpk_…); deliveries may be five minutes old.
func NewVerifier(keys ...string) (*Verifier, error) {
	made := &Verifier{tolerance: 5 * time.Minute, now: time.Now}
	for _, key := range keys {
		prefix, text, _ := strings.Cut(key, "_")
		data, err := base64.StdEncoding.Strict().DecodeString(text)
		switch {
		case err == nil && prefix == "whsec" && len(data) > 0:
			made.secrets = append(made.secrets, data)
		case err == nil && prefix == "whpk" && len(data) == ed25519.PublicKeySize:
			made.publics = append(made.publics, data)
		default:
			return nil, &WebhookError{"key", "neither a secret (whsec_…) nor a public key (whpk_…)"}
		}
	}
	if len(keys) == 0 {
		return nil, &WebhookError{"key", "none was given"}
	}
	return made, nil
}

// WithTolerance is the same with another tolerance.
func (w *Verifier) WithTolerance(tolerance time.Duration) *Verifier {
	other := *w
	other.tolerance = tolerance
	return &other
}

// Verify gives the delivery, or a *WebhookError. The body are the bytes as they came.
func (w *Verifier) Verify(header http.Header, body []byte) (*WebhookDelivery, error) {
	var values [3]string
	for place, name := range []string{"webhook-id", "webhook-timestamp", "webhook-signature"} {
		given := header.Values(name)
		if len(given) != 1 || given[0] == "" {
			return nil, &WebhookError{name, "missing, or there twice"}
		}
		values[place] = given[0]
	}
	id, timestamp, signatures := values[0], values[1], values[2]
	if len(timestamp) > 12 || strings.Trim(timestamp, "0123456789") != "" {
		return nil, &WebhookError{"webhook-timestamp", "not a Unix second"}
	}
	seconds, _ := strconv.ParseInt(timestamp, 10, 64)
	switch age := w.now().Sub(time.Unix(seconds, 0)); {
	case age > w.tolerance:
		return nil, &WebhookError{"too-old", fmt.Sprintf("signed %v ago", age)}
	case age < -w.tolerance:
		return nil, &WebhookError{"too-new", fmt.Sprintf("signed %v ahead", -age)}
	}
	if err := w.check(append([]byte(id+"."+timestamp+"."), body...), strings.Split(signatures, " ")); err != nil {
		return nil, err
	}
	delivery := &WebhookDelivery{ID: id}
	if trimmed := bytes.TrimSpace(body); len(trimmed) == 0 || trimmed[0] != '{' || !utf8.Valid(body) || json.Unmarshal(body, delivery) != nil {
		return nil, &WebhookError{"body", "no JSON object"}
	}
	return delivery, nil
}

const mostSignatures = 16

func (w *Verifier) check(message []byte, signatures []string) error {
	possible, matches := false, false
	for _, signature := range signatures[:min(len(signatures), mostSignatures)] {
		version, text, _ := strings.Cut(signature, ",")
		given, err := base64.StdEncoding.Strict().DecodeString(text)
		switch version {
		case "v1":
			possible = possible || len(w.secrets) > 0
			for _, secret := range w.secrets {
				mac := hmac.New(sha256.New, secret)
				mac.Write(message)
				// Takes the same time whatever differs, which would tell how to forge it.
				same := hmac.Equal(mac.Sum(nil), given)
				matches = matches || (same && err == nil)
			}
		case "v1a":
			possible = possible || len(w.publics) > 0
			for _, public := range w.publics {
				matches = matches || (err == nil && len(given) == ed25519.SignatureSize && ed25519.Verify(public, message, given))
			}
		}
	}
	if !possible {
		return &WebhookError{"no-version", "no signature of a kind that these keys make"}
	}
	if !matches {
		return &WebhookError{"signature", "none is of any of these keys"}
	}
	return nil
}

type deliveryKey struct{}

const mostDeliveryBytes = 1 << 20

// Handler lets deliveries pass alone, and answers 401 to others; DeliveryFrom gives the one that passed.
func (w *Verifier) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(writer, request.Body, mostDeliveryBytes))
		if err != nil {
			http.Error(writer, "the body did not come whole", http.StatusBadRequest)
			return
		}
		delivery, err := w.Verify(request.Header, body)
		if err != nil {
			writer.Header().Set("Content-Type", "application/json")
			writer.WriteHeader(http.StatusUnauthorized)
			_ = json.NewEncoder(writer).Encode(map[string]string{"error": "not a delivery", "part": err.(*WebhookError).Part})
			return
		}
		request = request.WithContext(context.WithValue(request.Context(), deliveryKey{}, delivery))
		request.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(writer, request)
	})
}

// DeliveryFrom is the delivery that Handler let pass.
func DeliveryFrom(ctx context.Context) *WebhookDelivery {
	delivery, _ := ctx.Value(deliveryKey{}).(*WebhookDelivery)
	return delivery
}
