import { useEffect, useState } from 'react'
import type { Engine } from '../../survey/engine.ts'
import type { ItemView } from '../../survey/view.ts'
import { useDesk } from '../shell/language.tsx'
import { codeOf, hasCodes, readCode } from './read-code.ts'
import { problemText } from './survey-words.ts'

interface CodeFieldProps {
  item: ItemView
  engine: Engine
  onWrong(name: string, isWrong: boolean): void
}

/** Where an answer is typed: its code, or what stands for itself: a number, a date, a text. */
export function CodeField({ item, engine, onWrong }: CodeFieldProps) {
  const desk = useDesk()
  const isCoded = hasCodes(item)
  const [typed, setTyped] = useState(() => codeOf(item.answer))
  const isWrong = isCoded && readCode(item, typed) === null
  const current = codeOf(item.answer)

  // The answer may change from elsewhere: a condition, the other view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the answer is another, not at every key.
  useEffect(() => {
    if (isCoded && !isWrong) setTyped(current)
  }, [current])

  const takeCode = (text: string) => {
    setTyped(text)
    const answer = readCode(item, text)
    onWrong(item.name, answer === null)
    engine.answer(item.name, answer ?? undefined)
  }

  const problem = isWrong
    ? desk.say('entryNotACode', { codes: item.choices.map(({ value }) => value).join(', ') })
    : item.problem && problemText(item.problem, desk)
  const shared = {
    id: `answer-${item.name}`,
    'data-code': true,
    'aria-invalid': problem ? true : undefined,
    'aria-describedby':
      [item.choices.length > 0 && `codes-${item.name}`, problem && `problem-${item.name}`].filter(Boolean).join(' ') || undefined,
    autoComplete: 'off',
  }
  return (
    <>
      {isCoded ? (
        <input
          {...shared}
          type="text"
          className="code"
          inputMode="numeric"
          value={typed}
          onChange={({ target }) => takeCode(target.value)}
        />
      ) : item.type === 'comment' ? (
        <textarea
          {...shared}
          rows={2}
          value={item.typed}
          onChange={({ target }) => engine.type(item.name, target.value)}
          onBlur={() => engine.leave(item.name)}
        />
      ) : (
        <input
          {...shared}
          type={item.input === 'date' ? 'date' : 'text'}
          inputMode={item.input === 'number' ? 'decimal' : undefined}
          className={item.input === 'number' ? 'code' : undefined}
          value={item.typed}
          onChange={({ target }) => engine.type(item.name, target.value)}
          onBlur={() => engine.leave(item.name)}
        />
      )}
      {problem && (
        <span className="error codes-problem" id={`problem-${item.name}`}>
          {problem}
        </span>
      )}
    </>
  )
}
