package dev.triggers.log;

import java.util.List;

import dev.triggers.inbox.InboxItem;

/**
 * A page of the log.
 *
 * @param events the events, oldest first
 * @param nextCursor where to go on, now or in three weeks; always there
 * @param hasMore whether more is there already
 */
record LogPage(List<InboxItem> events, String nextCursor, boolean hasMore) {

}
