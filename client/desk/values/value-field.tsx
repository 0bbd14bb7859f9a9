import { useId } from 'react'
import { Text, useDesk } from '../shell/language.tsx'
import type { ListValue } from './api.ts'
import { shownValue } from './read-value.ts'

interface ValueFieldProps {
  value: Pick<ListValue, 'choices' | 'input'>
  /** The question, where it is one of several; without it the field asks for the new value. */
  title?: ListValue['title'] | undefined
  typed: string
  onType(typed: string): void
}

/** Where a value is typed: its code, or what stands for itself: a number, a date, a text. */
export function ValueField({ value, title, typed, onType }: ValueFieldProps) {
  const { say, language } = useDesk()
  const id = useId()
  const shared = { id, value: typed, 'aria-describedby': `${id}-codes` }
  return (
    <div className="field">
      <label htmlFor={id}>{title ? <Text of={title} /> : say('changeTo')}</label>
      <span className="quiet" id={`${id}-codes`}>
        {value.choices.length > 0 &&
          say('changeCodes', { codes: value.choices.map((choice) => shownValue(value, choice.value, language)).join(' · ') })}{' '}
        {value.input === 'codes' && say('changeManyCodes')} {say('changeEmpty')}
      </span>
      {value.input === 'text' ? (
        <textarea {...shared} rows={3} onChange={({ target }) => onType(target.value)} />
      ) : (
        <input
          {...shared}
          type={value.input === 'date' ? 'date' : 'text'}
          autoComplete="off"
          onChange={({ target }) => onType(target.value)}
        />
      )}
    </div>
  )
}
