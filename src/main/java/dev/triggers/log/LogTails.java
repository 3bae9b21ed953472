package dev.triggers.log;

import java.util.List;

/**
 * What lies behind several organizations' positions.
 *
 * @param entries in order, those of one organization together
 * @param horizon everything before it has been read, unless an organization's entries
 * were cut at the limit
 * @param newest whatever was committed before this was read is before it
 * @param late the latest position at which something was added to a day long over
 */
public record LogTails(List<LogEntry> entries, LogPosition horizon, LogPosition newest, long late) {

}
