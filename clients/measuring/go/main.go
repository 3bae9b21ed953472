// Command figures measures the Go library beside net/http.
package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	triggers "triggers.dev/go"
)

var (
	address = os.Getenv("TRIGGERS_URL")
	key     = os.Getenv("TRIGGERS_KEY")
	client  *triggers.Client
)

func number(name string) float64 {
	value, err := strconv.ParseFloat(os.Getenv(name), 64)
	must(err)
	return value
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func bare() {
	random := make([]byte, 16)
	_, _ = rand.Read(random)
	body, _ := json.Marshal(map[string]any{"type": "figures", "payload": map[string]any{"id": 42}, "dedup_id": hex.EncodeToString(random)})
	request, err := http.NewRequest("POST", address+"/api/events", bytes.NewReader(body))
	must(err)
	request.Header = http.Header{"Content-Type": {"application/json"}, "X-Api-Key": {key}}
	response, err := http.DefaultClient.Do(request)
	must(err)
	_, err = io.Copy(io.Discard, response.Body)
	must(err)
	response.Body.Close()
	if response.StatusCode != 201 {
		log.Fatal(response.Status)
	}
}

func library() {
	_, err := client.Send(context.Background(), triggers.EventToSend{Type: "figures", Payload: map[string]any{"id": 42}})
	must(err)
}

func timed(call func()) time.Duration {
	began := time.Now()
	call()
	return time.Since(began)
}

// One after the other, each first as often.
func pairs(count int) (first, second float64) {
	var times [2][]time.Duration
	for pair := range count {
		for place := range 2 {
			which := (pair + place) % 2
			times[which] = append(times[which], timed([]func(){bare, library}[which]))
		}
	}
	slices.Sort(times[0])
	slices.Sort(times[1])
	return times[0][count/2].Seconds() * 1000, times[1][count/2].Seconds() * 1000
}

func rate(seconds float64) float64 {
	end := time.Now().Add(time.Duration(seconds * float64(time.Second)))
	var count atomic.Int64
	var senders sync.WaitGroup
	for range 16 {
		senders.Go(func() {
			for time.Now().Before(end) {
				library()
				count.Add(1)
			}
		})
	}
	senders.Wait()
	return float64(count.Load()) / seconds
}

func consumed(count int) float64 {
	events := make([]triggers.EventToSend, count)
	for index := range events {
		events[index] = triggers.EventToSend{Type: "consumed", Payload: map[string]any{"id": index}}
	}
	_, err := client.SendBatch(context.Background(), events)
	must(err)
	ctx, stop := context.WithCancel(context.Background())
	var seen atomic.Int64
	began := time.Now()
	result, err := client.Consume(ctx, func(context.Context, triggers.LeasedItem) error {
		if seen.Add(1) == int64(count) {
			stop()
		}
		return nil
	}, triggers.ConsumeOptions{Type: "consumed", Batch: 1000})
	must(err)
	if result.Acknowledged != count {
		log.Fatal(result)
	}
	return float64(count) / time.Since(began).Seconds()
}

func main() {
	var err error
	client, err = triggers.New(address, key, triggers.Options{})
	must(err)
	count := int(number("PAIRS"))
	pairs(count / 4)
	one, other := pairs(count)
	text, _ := json.Marshal(map[string]any{"runtime": strings.TrimPrefix(runtime.Version(), "go"), "bare_ms": one, "library_ms": other,
		"overhead_ms": other - one, "rate": rate(number("SECONDS")), "consumed": consumed(int(number("EVENTS")))})
	fmt.Println(string(text))
}
