module triggers.dev/go

go 1.25
