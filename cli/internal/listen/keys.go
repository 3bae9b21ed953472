package listen

import (
	"bufio"
	"io"
)

// Keys that were pressed, by name; what is not known is left out.
func pressed(in io.Reader, keys chan<- string) {
	defer close(keys)
	reader := bufio.NewReader(in)
	for {
		letter, _, err := reader.ReadRune()
		if err != nil {
			return
		}
		switch letter {
		case 3, 4, 'q':
			keys <- "quit"
		case 'k':
			keys <- "up"
		case 'j':
			keys <- "down"
		case 27:
			if key := escaped(reader); key != "" {
				keys <- key
			}
		case 'r', 'd', 'o', 'c':
			keys <- string(letter)
		}
	}
}

// What follows an escape: a sequence comes in one piece.
func escaped(reader *bufio.Reader) string {
	if reader.Buffered() == 0 {
		return "back"
	}
	if introducer, _ := reader.ReadByte(); introducer != '[' && introducer != 'O' {
		return ""
	}
	for reader.Buffered() > 0 {
		last, _ := reader.ReadByte()
		switch {
		case last == 'A':
			return "up"
		case last == 'B':
			return "down"
		case last >= 0x40 && last <= 0x7e:
			return ""
		}
	}
	return ""
}
