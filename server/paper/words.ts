/** Words of a definition on paper, in the reader's language where there is a translation, else marked as being in another. */
import { html } from 'hono/html'
import type { Localized } from '../../instruments/definition.ts'
import { directionOf } from '../languages.ts'

export function said(text: Localized | Record<string, string>, language: string) {
  const found = [language, 'nl', ...Object.keys(text)].find((candidate) => text[candidate]) ?? 'nl'
  const words = text[found] ?? ''
  return found === language ? words : html`<span lang="${found}" dir="${directionOf(found)}">${words}</span>`
}
