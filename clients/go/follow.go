package triggers

import (
	"context"
	"errors"
)

// FollowOptions of Follow.
type FollowOptions struct {
	// Cursor to go on from; without one, From: earliest (the default), latest or an RFC 3339 time.
	Cursor, From string
	// Save keeps the position, after all events of a page were handled.
	Save func(cursor string) error
	// Consumer is the name under which the service keeps the position.
	Consumer string
	Type     string
	Limit    int
}

// Follow hands each event of the log to handle, in order, and then keeps the position, until the context ends; then it gives the
// position and no error. An error of handle ends it, and its page comes again the next time. ErrCursorExpired and ErrCursorReset say
// that events would be missed.
func (c *Client) Follow(ctx context.Context, handle func(ctx context.Context, event InboxItem) error, options FollowOptions) (string, error) {
	cursor, kept := options.Cursor, Null[string]()
	if options.Consumer != "" && cursor == "" {
		var err error
		if cursor, err = c.kept(ctx, options.Consumer); err != nil {
			return "", err
		}
		if cursor != "" {
			kept = Set(cursor)
		}
	}
	query := ReadLogQuery{Wait: Set(int64(20)), Limit: Set(int64(100))}
	if options.Limit > 0 {
		query.Limit = Set(int64(options.Limit))
	}
	if options.Type != "" {
		query.Type = Set(options.Type)
	}
	for ctx.Err() == nil {
		query.Cursor, query.From = Optional[string]{}, Optional[string]{}
		if cursor != "" {
			query.Cursor = Set(cursor)
		} else if options.From != "" {
			query.From = Set(options.From)
		}
		page, err := c.ReadLog(ctx, query)
		if ctx.Err() != nil {
			break
		}
		if err != nil {
			return cursor, err
		}
		for _, event := range page.Events {
			if err := handle(ctx, event); err != nil {
				return cursor, err
			}
		}
		if page.NextCursor == "" || page.NextCursor == cursor {
			continue
		}
		if options.Save != nil {
			if err := options.Save(page.NextCursor); err != nil {
				return cursor, err
			}
		}
		if options.Consumer != "" {
			// What is handled is kept, even if it is to end now.
			if err := c.keep(context.WithoutCancel(ctx), options.Consumer, kept, page.NextCursor); err != nil {
				return cursor, err
			}
			kept = Set(page.NextCursor)
		}
		cursor = page.NextCursor
	}
	return cursor, nil
}

func (c *Client) kept(ctx context.Context, consumer string) (string, error) {
	found, err := c.GetConsumer(ctx, consumer)
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return found.Cursor, nil
}

func (c *Client) keep(ctx context.Context, consumer string, before Optional[string], cursor string) error {
	body, err := encode(map[string]any{"cursor": cursor, "if_cursor": before})
	if err != nil {
		return err
	}
	target, err := fill(operations["putConsumer"].segments, []string{consumer})
	if err != nil {
		return err
	}
	_, err = c.call(ctx, "PUT", target, body, true, 0)
	if errors.Is(err, ErrConflict) {
		// Our own repeat, or somebody else who follows under the same name.
		if now, failed := c.kept(ctx, consumer); failed == nil && now == cursor {
			return nil
		}
	}
	return err
}
