/** To whom a case is to go, and what is wrong with it. */
export const fields = ['name', 'email'] as const
export type Field = (typeof fields)[number]

/** Why a field will not do, by what the server calls it; `missing` is found here. */
export type Problems = Partial<Record<Field, string | undefined>>

export interface Colleague {
  name: string
  email: string
  problems: Problems
  /** Whether it is asked if this is right. */
  isChecking: boolean
}

export const nobody: Colleague = { name: '', email: '', problems: {}, isChecking: false }

/** The fields in which nothing stands. */
export const missingIn = (colleague: Pick<Colleague, Field>): Problems =>
  Object.fromEntries(fields.filter((field) => colleague[field].trim() === '').map((field) => [field, 'missing']))
