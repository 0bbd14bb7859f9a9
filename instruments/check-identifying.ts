/** Checks what is marked as identifying: it is there, and of the kind that the mark needs. Warns of what looks so and is not marked. */
import type { Problem } from './definition.ts'
import { type Identifying, type IdentifyingKind, isFreeText, pathsOf, seemsToAsk } from './identifying.ts'
import type { QuestionItem } from './items.ts'
import { pointer } from './json.ts'
import type { Instrument } from './schema.ts'

interface Marked {
  catalogue: { all(): Instrument[] }
  files: Map<string, string>
  identifying: { file: string; marks: Identifying }[]
}

export function checkIdentifying({ catalogue, identifying }: Pick<Marked, 'catalogue' | 'identifying'>): Problem[] {
  return identifying.flatMap(({ file, marks }) => {
    const versions = catalogue.all().filter(({ id }) => id === marks.instrument)
    if (versions.length === 0) return [{ file, path: '/instrument', reason: `there is no instrument ${marks.instrument}` }]
    const items = Map.groupBy(versions.flatMap(pathsOf), ([path]) => path)
    return Object.entries(marks.items).flatMap(([path, kind]) => {
      const questions = items.get(path)?.map(([, item]) => item)
      const reason = questions ? questions.map((item) => unfit(kind, item)).find((found) => found !== undefined) : noItem(path, marks)
      return reason === undefined ? [] : [{ file, path: pointer(['items', path]), reason }]
    })
  })
}

const noItem = (path: string, { instrument }: Identifying): string => `no version of ${instrument} has an item ${path}`

function unfit(kind: IdentifyingKind, item: QuestionItem): string | undefined {
  const { inputType } = item.question
  if (kind === 'birth-date' && inputType !== 'date') return 'a birth-date is asked by a question for a date'
  if ((kind === 'birth-year' || kind === 'age') && inputType !== 'number') return `${named(kind)} is asked by a question for a number`
  return kind === 'trait' && isFreeText(item) ? 'free text is in no data that are shared: it needs no mark' : undefined
}

const named = (kind: IdentifyingKind): string => `${kind === 'age' ? 'an' : 'a'} ${kind}`

/** What is left to its words: safe enough, but not to be relied on. */
export function warnAboutIdentifying({ catalogue, files, identifying }: Marked): Problem[] {
  const marked = new Map(identifying.map(({ marks }) => [marks.instrument, marks]))
  return catalogue.all().flatMap((instrument) =>
    pathsOf(instrument).flatMap(([path, item]) => {
      const kind = seemsToAsk(item)
      if (kind === 'none' || marked.get(instrument.id)?.items[path] !== undefined) return []
      const reason = `${path} looks like ${named(kind)} by its words, and is taken so in data that are shared: mark it in instruments/${instrument.id}/identifying.json, with "none" if it is not`
      return [{ file: files.get(`${instrument.id}@${instrument.version}`) ?? '', path: '', reason }]
    }),
  )
}
