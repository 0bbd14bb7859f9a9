/**
 * Items that were answered on another device. What was answered is not here: the page says that there is an answer, counts it,
 * and lets one answer anew, which then takes its place.
 */
import { isRecords, placeInRecord } from '../../instruments/records.ts'
import type { Answer, Answers } from '../../instruments/schema.ts'
import type { Engine } from './engine.ts'
import type { ElementView, PageView } from './view.ts'

export interface SealingEngine extends Engine {
  /** Items whose answer elsewhere stands: not answered anew. */
  sealed(): string[]
  /** More of them: another device went on meanwhile. What is answered here as well stays as it is here. */
  seal(names: string[]): void
  /** Lets an item be answered anew. Until it is, the answer that it had stands. */
  unseal(name: string): void
}

/** `Wrapped` keeps what else it can do. */
export function sealItems<Wrapped extends Engine>(engine: Wrapped, names: readonly string[]): Wrapped & SealingEngine {
  const sealed = new Set(names)
  const opened = new Set<string>()
  const listeners = new Set<() => void>()
  let shown: { from: PageView; view: PageView } | null = null
  engine.subscribe(changed)

  function changed(): void {
    shown = null
    for (const listener of listeners) listener()
  }

  /** Once something stands in an item, that is its answer, also when it is taken back afterwards. */
  function settle(name: string): void {
    const item = placeInRecord(name)?.group ?? name
    if (!sealed.has(item) || !isAnswered(engine.answers()[item])) return
    sealed.delete(item)
    opened.delete(item)
    changed()
  }

  const mark = (element: ElementView): ElementView => {
    if (element.kind === 'panel') return { ...element, elements: element.elements.map(mark) }
    if (element.kind === 'html' || !sealed.has(element.name)) return element
    return { ...element, earlier: opened.has(element.name) ? 'replaceable' : 'sealed' }
  }

  return {
    ...engine,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    page() {
      const from = engine.page()
      if (shown?.from === from) return shown.view
      const { progress } = from
      const answered = progress.answered + [...sealed].filter((name) => engine.find(name) !== undefined).length
      shown = { from, view: sealed.size === 0 ? from : { ...from, elements: from.elements.map(mark), progress: { ...progress, answered } } }
      return shown.view
    },
    answers(): Answers {
      return Object.fromEntries(Object.entries(engine.answers()).filter(([name]) => !sealed.has(name)))
    },
    answer(name, answer) {
      engine.answer(name, answer)
      settle(name)
    },
    type(name, typed) {
      engine.type(name, typed)
      settle(name)
    },
    sealed: () => [...sealed],
    seal(more) {
      const answers = engine.answers()
      for (const name of more) if (!isAnswered(answers[name])) sealed.add(name)
      changed()
    },
    unseal(name) {
      opened.add(name)
      changed()
    },
  }
}

/** A record in which nothing is filled in is no answer yet. */
const isAnswered = (answer: Answer | undefined): boolean =>
  isRecords(answer) ? answer.some((record) => Object.keys(record).length > 0) : answer !== undefined
