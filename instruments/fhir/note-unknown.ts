/** Notes every key and extension that nothing reads: what is not known is not carried over, and never silently. */
import { urls } from './extension.ts'
import type { Extension } from './questionnaire.ts'
import type { Note } from './report.ts'

export function noteUnknown(
  value: Record<string, unknown> & { extension?: Extension[] | undefined },
  keys: string[],
  extensions: string[],
  path: string,
  notes: Note[],
): void {
  const at = path === '' ? '' : `${path}.`
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'extension') noteExtensions(value.extension, extensions, `${at}extension`, notes)
    else if (!keys.includes(key)) notes.push({ kind: 'left-out', path: `${at}${key}`, what: short(inner) })
    else if (key.startsWith('_')) noteBeside(inner as Record<string, unknown>, `${at}${key}`, notes)
  }
}

/** Beside a text only its translations are read. */
const noteBeside = (beside: Record<string, unknown>, path: string, notes: Note[]): void =>
  noteUnknown(beside, [], [urls.translation], path, notes)

function noteExtensions(extensions: Extension[] = [], known: string[], path: string, notes: Note[]): void {
  for (const [index, extension] of extensions.entries())
    if (known.includes(extension.url)) noteUnknownWithin(extension, `${path}[${index}]`, notes)
    else notes.push({ kind: 'left-out', path: `${path}[${index}]`, what: short(extension) })
}

/** Keys of the values that are read whole: extensions, codings and conditions. */
const valueKey = /^(url|extension|value[A-Z]\w*|answer[A-Z]\w*|coding|system|code|_?display|question|operator)$/

/** Notes every other key in such a value, at any depth. */
export function noteUnknownWithin(value: unknown, path: string, notes: Note[]): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    const at = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`
    if (Array.isArray(value) || valueKey.test(key)) {
      // A condition on any other answer than a coding or a plain value is left out as a whole, with a note of its own.
      if (!key.startsWith('answer') || key === 'answerCoding') noteUnknownWithin(inner, at, notes)
    } else notes.push({ kind: 'left-out', path: at, what: short(inner) })
  }
}

function short(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 117)}...`.toWellFormed() : text
}
