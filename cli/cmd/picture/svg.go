//go:build unix

package main

import (
	"fmt"
	"html"
	"regexp"
	"strings"
)

var colours = map[string]string{"31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "36": "#79c0ff", "2": "#8b949e", "1": "#f0f6fc"}

var (
	secrets = regexp.MustCompile(`whsec_[A-Za-z0-9+/=]+`)
	port    = regexp.MustCompile(`127\.0\.0\.1:\d+`)
)

const (
	lineHeight = 20
	margin     = 18
	bar        = 34
)

// The frame as an SVG: text, so that it stays sharp and can be searched.
func picture(frame string) string {
	// The secret is nobody's, but a picture of one invites to copy it.
	frame = secrets.ReplaceAllString(frame, "whsec_5fT0…9xQ=")
	frame = port.ReplaceAllString(frame, "localhost:3000")
	frame = strings.ReplaceAll(frame, "\x1b[K", "")
	// Spaces that are kept, wherever it is looked at.
	frame = strings.ReplaceAll(frame, " ", "\u00a0")
	lines := strings.Split(frame, "\r\n")
	height := bar + len(lines)*lineHeight + margin
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 820 %d" role="img" aria-label="triggers listen in a terminal">`+"\n", height)
	fmt.Fprintf(&out, `<rect width="820" height="%d" rx="8" fill="#0d1117"/>`+"\n", height)
	for place, colour := range []string{"#ff5f57", "#febc2e", "#28c840"} {
		fmt.Fprintf(&out, `<circle cx="%d" cy="17" r="5.5" fill="%s"/>`+"\n", 20+18*place, colour)
	}
	out.WriteString(`<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" fill="#c9d1d9">` + "\n")
	for number, line := range lines {
		if text := spans(line); text != "" {
			fmt.Fprintf(&out, `<text x="%d" y="%d">%s</text>`+"\n", margin, bar+number*lineHeight+15, text)
		}
	}
	out.WriteString("</g>\n</svg>\n")
	return out.String()
}

var painted = regexp.MustCompile("\x1b\\[(\\d+)m([^\x1b]*)\x1b\\[0m")

func spans(line string) string {
	var out strings.Builder
	last := 0
	for _, found := range painted.FindAllStringSubmatchIndex(line, -1) {
		out.WriteString(html.EscapeString(line[last:found[0]]))
		fmt.Fprintf(&out, `<tspan fill="%s">%s</tspan>`, colours[line[found[2]:found[3]]], html.EscapeString(line[found[4]:found[5]]))
		last = found[1]
	}
	out.WriteString(html.EscapeString(line[last:]))
	return out.String()
}
