/**
 * Interface texts: plain objects of strings, one file per language, with {placeholders} and plural forms.
 *
 * One language is the source: its file says which keys exist. A translation that lacks one does not compile, and neither
 * does a call that forgets a placeholder.
 */

import { directionOf } from './words.ts'

/** Names between braces in a text: 'Vraag {number} van {total}' gives 'number' | 'total'. */
type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never

/** Keys that come in plural forms: there is `lists_one` and `lists_other`; a language with more forms adds `lists_few` and so on. */
type PluralKey<Source> = keyof Source extends infer Key ? (Key extends `${infer Base}_other` ? Base : never) : never

/** Forms of plural that Dutch has not (CLDR): Polish has few and many, Arabic all of them. */
type FurtherForm = 'zero' | 'two' | 'few' | 'many'

/** All texts of a source in another language, and the forms of plural that only that language has. */
export type Translation<Source> = { readonly [Key in keyof Source]: string } & {
  readonly [Key in `${PluralKey<Source>}_${FurtherForm}`]?: string
}

type Values<Text> = Text extends string
  ? [Placeholders<Text>] extends [never]
    ? []
    : [values: Record<Placeholders<Text>, string | number>]
  : never

type PluralText<Source, Base extends string> = `${Base}_other` extends keyof Source ? Source[`${Base}_other`] : never

type PluralValues<Source, Base extends string> =
  PluralText<Source, Base> extends infer Text extends string
    ? [Exclude<Placeholders<Text>, 'count'>] extends [never]
      ? []
      : [values: Record<Exclude<Placeholders<Text>, 'count'>, string | number>]
    : never

export interface Translator<Source extends Record<string, string>> {
  /** BCP 47 tag of the texts. */
  readonly language: string
  /** The text of `key` with its placeholders filled in. */
  say<Key extends keyof Source>(key: Key, ...values: Values<Source[Key]>): string
  /** The form of `key` that this language uses for `count`; {count} is filled in. */
  count<Key extends PluralKey<Source> & string>(key: Key, count: number, ...values: PluralValues<Source, Key>): string
  /** A day, written out: `2026-03-04` gives "4 maart 2026". */
  day(date: string): string
  /** Hour and minute of an instant, in the reader's own time zone. */
  time(instant: string): string
}

/** For dates and numbers: English is that of Europe, and digits are those on keyboards and clocks here, in Arabic too. */
export const localeOf = (language: string): string => `${language === 'en' ? 'en-GB' : language}-u-nu-latn`

/** Reads texts in one language. */
export function createTranslator<Source extends Record<string, string>>(texts: Translation<Source>, language: string): Translator<Source> {
  const locale = localeOf(language)
  const plural = new Intl.PluralRules(language)
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  const all = texts as Record<string, string>
  const isolate = directionOf(language) === 'rtl' ? isolated : (value: string) => value
  const valuesOf = (given: readonly unknown[]) => (given[0] ?? {}) as Record<string, string | number>
  return {
    language,
    say: (key, ...given) => fill(texts[key], valuesOf(given), isolate),
    count: (key, count, ...given) =>
      fill(all[`${key}_${plural.select(count)}`] ?? all[`${key}_other`] ?? key, { ...valuesOf(given), count }, isolate),
    day: (date) => days.format(new Date(`${date}T00:00:00Z`)),
    time: (instant) => times.format(new Date(instant)),
  }
}

/** Fills {placeholders}; one without a value stays as it is, so that the mistake is seen. */
const fill = (text: string, values: Record<string, string | number>, isolate: (value: string) => string): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : typeof value === 'number' ? String(value) : isolate(value)
  })

/** Between signs that keep a code, an address or a Dutch title from turning the words around it (Unicode FSI and PDI). */
const isolated = (value: string): string => `\u2068${value}\u2069`
