package listen

import "triggers.dev/cli/internal/feed"

const mostKept = 500

// What the picture shows; it changes by keys and by what happens, one after the other.
type model struct {
	address, secret string
	state           feed.State
	deliveries      []*Delivery
	// chosen counts from the oldest; it follows the newest until somebody moves it.
	chosen    int
	following bool
	details   bool
	notice    string
	good, bad int
}

func (m *model) add(delivery *Delivery) {
	m.deliveries = append(m.deliveries, delivery)
	if delivery.Delivered() {
		m.good++
	} else {
		m.bad++
	}
	if len(m.deliveries) > mostKept {
		m.deliveries = m.deliveries[1:]
		m.chosen = max(0, m.chosen-1)
	}
	if m.following {
		m.chosen = len(m.deliveries) - 1
	}
}

func (m *model) move(by int) {
	if len(m.deliveries) == 0 {
		return
	}
	m.chosen = min(max(0, m.chosen+by), len(m.deliveries)-1)
	m.following = m.chosen == len(m.deliveries)-1
	m.notice = ""
}

func (m *model) current() *Delivery {
	if m.chosen >= len(m.deliveries) {
		return nil
	}
	return m.deliveries[m.chosen]
}
