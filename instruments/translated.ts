/** Definitions in further languages: made of the translations beside them and beside the parts that they take pieces of. */
import type { Catalogue } from './catalogue.ts'
import { formatReference, type Localized, type Mistake, type Reference } from './definition.ts'
import { resolveUses } from './resolve.ts'
import type { Part } from './schema.ts'
import { onlyIn, type Texts, type Translation, withTexts } from './translation.ts'
import { placedTexts } from './translations.ts'

/** A definition's file as it was read: with `$use` and {{words}} in it, and the parts that it takes in. */
export interface Untranslated {
  value: unknown
  parts: Part[]
}

/** What a definition says in one language beyond those that it has itself. */
interface Spoken {
  /** By the Dutch text of the definition with its parts taken in. */
  texts: Texts
  /** Texts that were left out, because words that they take in are not translated. */
  lacking: Mistake[]
}

export class Translated<Definition extends Reference> {
  readonly #sources: ReadonlyMap<string, Untranslated>
  readonly #translations: ReadonlyMap<string, readonly Translation[]>
  readonly #spoken = new Map<string, Spoken>()
  readonly #made = new WeakMap<object, Map<string, unknown>>()

  constructor(sources: ReadonlyMap<string, Untranslated>, translations: readonly Translation[]) {
    this.#sources = sources
    this.#translations = Map.groupBy(translations, ({ of }) => of)
  }

  /** The translations of which a definition is made in `language`: its own, then those of its parts. Empty when there are none. */
  of(reference: string, language: string): Translation[] {
    return this.#about(reference).filter((translation) => translation.language === language)
  }

  /** The languages beyond its own that something of the definition is translated into, in the order of the alphabet. */
  languagesOf(reference: string): string[] {
    return [...new Set(this.#about(reference).map(({ language }) => language))].sort()
  }

  /**
   * The definition with its texts in `language` beside the others, where there are any; without translations the definition itself.
   * Takes also a definition that was made of a published one, such as a protocol with an adopted version in it.
   */
  into<Any extends Definition>(definition: Any, language: string): Any {
    const reference = formatReference(definition)
    if (this.of(reference, language).length === 0) return definition
    return withTexts(definition, language, this.#spokenIn(reference, language).texts) as Any
  }

  /**
   * What a reader of `language` gets: each text in it, or in Dutch where it is not translated. Other languages are left out, since
   * nobody needs them on a bad connection. Of equal arguments the same object.
   */
  forReader<Any extends Definition>(definition: Any, language: string): Any {
    const known = this.#made.get(definition) ?? new Map<string, unknown>()
    this.#made.set(definition, known)
    const made = known.get(language) ?? onlyIn(this.into(definition, language), language)
    known.set(language, made)
    return made as Any
  }

  /** Texts of a translation that are left out, because words that they take in are not translated. */
  lacking(reference: string, language: string): Mistake[] {
    return this.#spokenIn(reference, language).lacking
  }

  #about(reference: string): Translation[] {
    const source = this.#sources.get(reference)
    if (!source) return []
    const names = [reference, ...source.parts.map(formatReference)]
    return names.flatMap((name) => this.#translations.get(name) ?? [])
  }

  #spokenIn(reference: string, language: string): Spoken {
    const key = `${reference} ${language}`
    const known = this.#spoken.get(key)
    if (known) return known
    const made = this.#speak(reference, language)
    this.#spoken.set(key, made)
    return made
  }

  #speak(reference: string, language: string): Spoken {
    const source = this.#sources.get(reference)
    if (!source) return { texts: {}, lacking: [] }
    const translate = (value: unknown, of: string): unknown =>
      (this.#translations.get(of) ?? [])
        .filter((one) => one.language === language)
        .reduce((all, { texts }) => withTexts(all, language, texts), value)
    const parts = source.parts.map((part) => translate(part, formatReference(part)) as Part)
    const resolved = resolveUses(translate(source.value, reference), parts)
    const ending = `/${language}`
    const lacking = resolved.problems.filter(({ path }) => path.endsWith(ending))
    const without = new Set(lacking.map(({ path }) => path.slice(0, -ending.length)))
    const texts = placedTexts(resolved.value).flatMap(({ path, text }) => {
      const translated = (text as Partial<Localized>)[language]
      return translated === undefined || without.has(path) ? [] : [[text.nl, translated] as const]
    })
    return { texts: Object.fromEntries(texts), lacking }
  }
}

/** The parts of which a definition takes pieces, out of those it names. */
export const partsOf = (value: unknown, parts: Catalogue<Part>): Part[] => {
  const named: unknown[] = typeof value === 'object' && value !== null && 'uses' in value && Array.isArray(value.uses) ? value.uses : []
  return named.flatMap((reference) => (typeof reference === 'string' ? (parts.get(reference) ?? []) : []))
}
