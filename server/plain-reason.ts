/** What may be said about something that went wrong, in the log for example. */

/**
 * Message and stack of what was thrown, without the values that a query was asked with: Drizzle puts them into its messages, and they can
 * be answers or addresses.
 */
export function plainReason(thrown: unknown): { message: string; stack: string | undefined } {
  if (!(thrown instanceof Error)) return { message: String(thrown), stack: undefined }
  // A failed query says so with what was asked; why it failed is its cause.
  if ('query' in thrown && 'params' in thrown) {
    const inner = plainReason(thrown.cause ?? 'a query failed')
    return { message: inner.message, stack: inner.stack ?? frames(thrown.stack) }
  }
  return { message: thrown.message, stack: thrown.stack }
}

/** A stack without the message at its head, which can have several lines. */
const frames = (stack = ''): string => stack.slice(Math.max(0, stack.search(/^ {4}at /m)))
