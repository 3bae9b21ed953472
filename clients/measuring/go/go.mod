module triggers.dev/go/figures

go 1.25

require triggers.dev/go v1.0.0

replace triggers.dev/go => ../../go
