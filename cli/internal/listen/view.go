package listen

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/feed"
)

type canvas struct {
	width, height int
	paint         func(console.Colour, string) string
	lines         []string
}

// Text as wide as the screen at the most; it is cut before it is coloured.
func (c *canvas) line(colour console.Colour, format string, arguments ...any) {
	text := fmt.Sprintf(format, arguments...)
	if utf8.RuneCountInString(text) > c.width {
		text = string([]rune(text)[:max(0, c.width-1)]) + "…"
	}
	if colour != "" && text != "" {
		text = c.paint(colour, text)
	}
	c.lines = append(c.lines, text)
}

func (c *canvas) frame() string {
	c.lines = c.lines[:min(len(c.lines), c.height)]
	return "\x1b[H" + strings.Join(c.lines, "\x1b[K\r\n") + "\x1b[K\x1b[J"
}

const keysHelp = "↑↓ jk choose · r again · d details · o portal · c curl · q quit"

func (m *model) view(width, height int, paint func(console.Colour, string) string) string {
	page := &canvas{width: width, height: height, paint: paint}
	page.line(console.Bold, "triggers listen → %s", m.address)
	colour, mark := console.Green, "●"
	if m.state != feed.Connected {
		colour, mark = console.Yellow, "○"
	}
	state := map[feed.State]string{"": "connecting", feed.Connected: "connected", feed.Polling: "connected by long polls", feed.Broken: "reconnecting, nothing is missed"}[m.state]
	page.line(colour, "%s %s · %d delivered · %d not", mark, state, m.good, m.bad)
	page.line(console.Faint, "verify with %s", m.secret)
	page.line("", "")
	room := max(1, height-len(page.lines)-3)
	if m.details {
		m.detailed(page, room)
	} else {
		m.listed(page, room)
	}
	for len(page.lines) < height-2 {
		page.line("", "")
	}
	page.line(console.Yellow, "%s", m.notice)
	page.line(console.Faint, keysHelp)
	return page.frame()
}

func (m *model) listed(page *canvas, room int) {
	if len(m.deliveries) == 0 {
		page.line(console.Faint, "Waiting for events. Post one in another terminal: triggers send user.created '{\"id\": 1}'")
		return
	}
	first := max(0, min(m.chosen-room/2, len(m.deliveries)-room))
	wide := 12
	for _, delivery := range m.deliveries {
		wide = min(32, max(wide, utf8.RuneCountInString(delivery.Event.Type)))
	}
	for place := first; place < min(len(m.deliveries), first+room); place++ {
		delivery := m.deliveries[place]
		pointer := " "
		if place == m.chosen {
			pointer = "›"
		}
		colour := console.Green
		if !delivery.Delivered() {
			colour = console.Red
		}
		again := ""
		if delivery.Again {
			again = "  (again)"
		}
		page.line(colour, "%s %s  %-*s  %s%s", pointer, delivery.SentAt.Format(time.TimeOnly), wide, console.Visible(delivery.Event.Type), outcome(delivery), again)
	}
}

func (m *model) detailed(page *canvas, room int) {
	delivery := m.current()
	if delivery == nil {
		page.line(console.Faint, "Nothing has come yet.")
		return
	}
	before := len(page.lines)
	page.line(console.Bold, "%s  %s", console.Visible(delivery.Event.Type), delivery.Event.ID)
	page.line("", "accepted %s · %s", delivery.Event.CreatedAt.Local().Format("15:04:05.000"), outcome(delivery))
	page.line(console.Cyan, "Request")
	headers(page, delivery.Request)
	content(page, delivery.Body)
	if delivery.Err == nil {
		page.line(console.Cyan, "Response %d", delivery.Status)
		headers(page, delivery.Response)
		content(page, delivery.Answer)
	}
	page.lines = page.lines[:min(len(page.lines), before+room)]
}

func headers(page *canvas, header http.Header) {
	names := make([]string, 0, len(header))
	for name := range header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		page.line(console.Faint, "  %s: %s", name, console.Visible(strings.Join(header[name], ", ")))
	}
}

func content(page *canvas, body []byte) {
	text := []rune(strings.ToValidUTF8(string(body), "\uFFFD"))
	for len(text) > 0 && len(page.lines) < page.height {
		part := text[:min(len(text), max(1, page.width-2))]
		if end := slices.Index(part, '\n'); end >= 0 {
			part = part[:end+1]
		}
		text = text[len(part):]
		page.line("", "  %s", console.Visible(strings.TrimRight(string(part), "\r\n")))
	}
}
