/** A database takes only so many parameters in one statement. */
const most = 10_000

export function* inBatches<T>(values: T[]): Generator<T[]> {
  for (let start = 0; start < values.length; start += most) yield values.slice(start, start + most)
}
