/** One statement at a time: which is shown, and how an answer leads to the next. On a wide screen it changes nothing. */
import { type MouseEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Engine } from '../../survey/engine.ts'
import { after, back, currentOf, entered, forward, pinned, type Shown, type Step, showing } from '../../survey/run-steps.ts'
import { type RunView, runsIn } from '../../survey/runs.ts'
import { itemsIn, type PageView } from '../../survey/view.ts'
import { focusItem, focusStatement, focusWayOn } from './focus.ts'
import { isStepwise, openPage, turnPage } from './stepwise.ts'

/** Milliseconds that an answer stands before the next statement comes: long enough to see it, and for the second tap of two. */
const settling = 300
/** Milliseconds in which no tap counts on a statement that came by itself. */
const guarding = 300

export interface Steps {
  shown: Shown
  /** The number of the statement in sight; null on a page that has more than one run of statements to show. */
  number: number | null
  isAtStart: boolean
  isAtEnd: boolean
  /** A tap that comes now was meant for the statement before. */
  isGuarded: boolean
  /** To the next statement. False, and nothing changes, when the page is the next thing. */
  next(): boolean
  previous(): boolean
  /** Brings an item into sight, and the keyboard to its answer. */
  show(name: string): void
  /** After the page became another one. */
  enter(way: 'forward' | 'back'): void
  /** For the element around the page: answers that lead on. */
  handlers: {
    onClick(event: MouseEvent): void
    onKeyDownCapture(event: { key: string }): void
    onKeyUpCapture(): void
    onPointerDownCapture(): void
  }
}

export function useSteps(engine: Pick<Engine, 'page'>, view: PageView): Steps {
  const runs = useMemo(() => runsIn(view.elements), [view])
  const [shown, setShown] = useState<Shown>(() => entered(runs, 'forward'))
  const [isGuarded, setGuarded] = useState(false)
  /** What takes the keyboard once it is drawn. */
  const arriving = useRef<(() => void) | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const guard = useRef<ReturnType<typeof setTimeout>>(undefined)
  const hand = useRef<'pointer' | 'arrow' | 'key'>('key')
  const latest = useRef(shown)
  latest.current = shown

  const runsNow = (): RunView[] => runsIn(engine.page().elements)

  function take(step: Step): void {
    clearTimeout(timer.current)
    arriving.current = () => focusStatement(step.name)
    setShown(step.shown)
    if (hand.current !== 'pointer') return
    setGuarded(true)
    clearTimeout(guard.current)
    guard.current = setTimeout(() => setGuarded(false), guarding)
  }

  function goOnFrom(name: string): void {
    const { elements } = engine.page()
    const now = runsIn(elements)
    const item = now.map((run) => currentOf(run, latest.current)).find((current) => current.name === name)
    if (item?.answer === undefined) return
    const step = after(now, latest.current, name)
    if (step) take(step)
    else if (itemsIn(elements).at(-1)?.name === name) focusWayOn()
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: when what is shown is another.
  useLayoutEffect(() => {
    arriving.current?.()
    arriving.current = null
  }, [shown])

  // What was tapped before our script was there led nowhere yet.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for the page that it took over.
  useEffect(() => {
    openPage()
    const now = entered(runsNow(), 'forward')
    const further = now.find((name) => !latest.current.includes(name))
    if (isStepwise() && further !== undefined && document.activeElement?.closest('.statement'))
      arriving.current = () => focusStatement(further)
    setShown(now)
    return () => {
      clearTimeout(timer.current)
      clearTimeout(guard.current)
    }
  }, [])

  // A page may also change from elsewhere; whatever is shown of it stays until somebody takes a step.
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer must not change what is shown.
  useEffect(() => setShown((before) => pinned(runs, before)), [view.name])

  // An answer that the server refused is marked; it has to be seen.
  const marked = runs.flatMap(({ items }) => items.filter(({ problem }) => problem)).map(({ name }) => name)
  // biome-ignore lint/correctness/useExhaustiveDependencies: when others are marked, not at every change.
  useEffect(() => {
    if (marked[0] !== undefined) setShown((before) => showing(runs, before, marked[0] as string))
  }, [marked.join()])

  const only = runs.length === 1 && runs[0]?.items.length === itemsIn(view.elements).length ? runs[0] : null
  return {
    shown,
    number: only && currentOf(only, shown).number,
    isAtStart: back(runs, shown) === null,
    isAtEnd: forward(runs, shown) === null,
    isGuarded,
    next() {
      const step = isStepwise() ? forward(runsNow(), latest.current) : null
      if (step) take(step)
      return step !== null
    },
    previous() {
      const step = isStepwise() ? back(runsNow(), latest.current) : null
      if (step) take(step)
      return step !== null
    },
    show(name) {
      clearTimeout(timer.current)
      arriving.current = () => focusItem(name)
      setShown((before) => showing(runsNow(), before, name))
    },
    enter(way) {
      clearTimeout(timer.current)
      turnPage()
      setShown(entered(runsNow(), way))
    },
    handlers: {
      onClick({ target }) {
        // Arrow keys walk through the choices of a statement; only who says so leaves it.
        if (!isStepwise() || hand.current === 'arrow') return
        if (!(target instanceof HTMLInputElement) || target.type !== 'radio') return
        const { name } = target
        clearTimeout(timer.current)
        timer.current = setTimeout(() => goOnFrom(name), settling)
      },
      onKeyDownCapture({ key }) {
        clearTimeout(timer.current)
        hand.current = key.startsWith('Arrow') ? 'arrow' : 'key'
      },
      onKeyUpCapture() {
        if (hand.current === 'arrow') hand.current = 'key'
      },
      onPointerDownCapture() {
        hand.current = 'pointer'
      },
    },
  }
}
