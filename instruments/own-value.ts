/** The value of `key`; names such as "constructor" are keys like any other, so that only an object's own keys count. */
export const ownValue = <Value>(object: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined
