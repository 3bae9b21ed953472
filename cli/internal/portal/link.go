// Package portal opens the portal, signed in.
package portal

import (
	"context"
	"net/url"

	triggers "triggers.dev/go"
)

// Link into the portal that works once, for ten minutes; to an event, if one is named.
func Link(ctx context.Context, client *triggers.Client, event string, scopes []string) (string, error) {
	session := &triggers.SessionToMake{}
	if len(scopes) > 0 {
		session.Scopes = triggers.Set(scopes)
	}
	made, err := client.CreateSession(ctx, session)
	if err != nil || event == "" {
		return address(made), err
	}
	return made.URL + "/events/" + url.PathEscape(event), nil
}

func address(made *triggers.SessionLink) string {
	if made == nil {
		return ""
	}
	return made.URL
}
