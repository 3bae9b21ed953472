package listen

import (
	"slices"
	"strings"
)

// The delivery as a command that makes it once more, signature and all.
func curl(address string, delivery *Delivery) string {
	words := []string{"curl", "-i", "-X", "POST", quoted(address)}
	names := make([]string, 0, len(delivery.Request))
	for name := range delivery.Request {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		words = append(words, "-H", quoted(name+": "+delivery.Request.Get(name)))
	}
	return strings.Join(append(words, "--data-binary", quoted(string(delivery.Body))), " ")
}

func quoted(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
