package console

// Colour of a text.
type Colour string

// The colours that are used; each tells something that the words tell too.
const (
	Green  Colour = "32"
	Red    Colour = "31"
	Yellow Colour = "33"
	Cyan   Colour = "36"
	Faint  Colour = "2"
	Bold   Colour = "1"
)

// Paint colours a text of stdout, where that is a terminal and NO_COLOR is not set.
func (c *Console) Paint(colour Colour, text string) string {
	if !c.outTTY || c.plain || c.JSON {
		return text
	}
	return Painted(colour, text)
}

// Colourless is whether a picture must do without colours.
func (c *Console) Colourless() bool { return c.plain }

// Painted is always coloured.
func Painted(colour Colour, text string) string {
	return "\x1b[" + string(colour) + "m" + text + "\x1b[0m"
}
