/** Who is counted in a table, in as few lines as say it: cells often differ in nothing but their wave or group. */

/**
 * Definitions of who is counted, whose parts stand between semicolons. Where every combination of what they differ in occurs, they are
 * one line, with a slash between what differs; else each is a line of its own.
 */
export function counted(denominators: readonly string[]): string[] {
  const each = [...new Set(denominators)]
  const parts = each.map((one) => one.split('; '))
  const length = parts[0]?.length ?? 0
  if (each.length < 2 || parts.some((one) => one.length !== length)) return each
  const places = Array.from({ length }, (_, at) => [...new Set(parts.map((one) => one[at] ?? ''))])
  if (places.reduce((product, { length: choices }) => product * choices, 1) !== each.length) return each
  return [places.map((choices) => together(choices)).join('; ')]
}

/** `wave: Start` and `wave: After 3 months` as `wave: Start / After 3 months`. */
function together(choices: readonly string[]): string {
  const [first = ''] = choices
  const head = /^[^:]*: /.exec(first)?.[0] ?? ''
  return choices.every((one) => one.startsWith(head))
    ? head + choices.map((one) => one.slice(head.length)).join(' / ')
    : choices.join(' / ')
}
