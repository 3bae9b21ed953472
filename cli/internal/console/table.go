package console

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Table of people's text: columns as wide as what is in them.
type Table struct {
	console *Console
	rows    [][]string
}

// Table with these headings.
func (c *Console) Table(headings ...string) *Table {
	return &Table{c, [][]string{headings}}
}

// Row of it.
func (t *Table) Row(cells ...string) { t.rows = append(t.rows, cells) }

// Flush prints it. What is asked for by scripts has no headings if it is not a terminal, as with gh.
func (t *Table) Flush() error {
	rows := t.rows
	if !t.console.outTTY {
		rows = rows[1:]
	}
	widths := make([]int, len(t.rows[0]))
	for _, row := range rows {
		for place, cell := range row {
			widths[place] = max(widths[place], utf8.RuneCountInString(Visible(cell)))
		}
	}
	for number, row := range rows {
		var line strings.Builder
		for place, cell := range row {
			cell = Visible(cell)
			line.WriteString(cell)
			if place < len(row)-1 {
				line.WriteString(strings.Repeat(" ", widths[place]-utf8.RuneCountInString(cell)+2))
			}
		}
		text := strings.TrimRight(line.String(), " ")
		if number == 0 && t.console.outTTY {
			text = t.console.Paint(Faint, text)
		}
		if err := t.console.Print("%s", text); err != nil {
			return err
		}
	}
	return nil
}

// Visible is a text without what would move the cursor or colour the rest: others wrote it.
func Visible(text string) string {
	return strings.Map(func(letter rune) rune {
		if unicode.IsControl(letter) || letter == '\u2028' || letter == '\u2029' || unicode.Is(unicode.Bidi_Control, letter) {
			return '\uFFFD'
		}
		return letter
	}, text)
}
